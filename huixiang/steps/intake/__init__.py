"""From a source to stored feedback, and what is kept out."""
