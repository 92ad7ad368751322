"""Changes of the tables, oldest first; only ever appended to."""
