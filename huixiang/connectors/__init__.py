"""Connectors: the code that reads one kind of source, chosen by a dictionary."""
