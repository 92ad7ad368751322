"""Routing: which department answers, how soon, and why."""
