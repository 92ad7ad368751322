"""Commands about codeframe, models, reviews and what is new."""
