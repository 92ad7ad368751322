"""Queries about codings, codeframes, reviews and models."""
