"""Charts and graphs, drawn offline."""
