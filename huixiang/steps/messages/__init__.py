"""What is told to whom, and its way out."""
