"""What is new or hot."""
