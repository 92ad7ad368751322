"""What is said of issues, items and the messages about them."""
