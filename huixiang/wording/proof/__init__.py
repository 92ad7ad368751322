"""What is said of verdicts and of the checks beside them."""
