"""Days, goals, verdicts, and the ledger."""
