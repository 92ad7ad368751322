"""Why: the facts behind any id."""
