"""What customers need, and what is hot."""
