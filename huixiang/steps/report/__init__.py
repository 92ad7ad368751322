"""Gather the facts of reports and digests."""
