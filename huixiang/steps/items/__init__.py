"""Issues become action items, and items move."""
