"""Delivery: what leaves, how it is signed, when it is tried again."""
