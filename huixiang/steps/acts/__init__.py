"""Acts: what people decide, written down at once and applied as soon as possible."""
