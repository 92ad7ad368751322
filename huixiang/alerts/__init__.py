"""Alerts: when does an issue become an action item."""
