"""What is said of codings, models, proposed themes and reviews."""
