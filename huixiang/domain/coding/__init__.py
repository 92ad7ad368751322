"""Codeframe, codings, reviews, models and what voices mean together."""
