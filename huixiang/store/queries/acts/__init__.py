"""Queries about acts: written once, chained, settled once."""
