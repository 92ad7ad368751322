"""Platforms: the kinds of endpoints, one module each."""
