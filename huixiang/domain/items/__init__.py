"""Issues, routes, action items, and the messages about them."""
