"""Queries about records on their way in."""
