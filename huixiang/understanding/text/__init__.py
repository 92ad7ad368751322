"""Texts, clauses, words."""
