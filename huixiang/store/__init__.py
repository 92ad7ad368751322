"""The only place that speaks SQL: tables, transactions, queries, migrations."""
