"""Learn from labels, and measure it."""
