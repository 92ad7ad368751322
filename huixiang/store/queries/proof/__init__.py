"""Queries about days, verdicts, the ledger and why."""
