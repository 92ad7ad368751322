"""听懂: which themes a feedback mentions, how it feels about them, whose they are."""
