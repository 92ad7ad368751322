"""Records on their way in, and the feedback they become."""
