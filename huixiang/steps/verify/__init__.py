"""Did the fix work: looks, checks, verdicts."""
