"""What a person should look at first, and how well people agree."""
