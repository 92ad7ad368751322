"""What is said of mistakes in rules files."""
