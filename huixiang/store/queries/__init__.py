"""Named queries, by room; each returns typed facts."""
