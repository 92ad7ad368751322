"""The sample airport: an invented world whose truths are known."""
