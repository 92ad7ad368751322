"""Queries about action items and what is sent about them."""
