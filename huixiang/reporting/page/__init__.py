"""The report as a page and as plain text."""
