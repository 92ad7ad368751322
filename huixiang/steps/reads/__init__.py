"""Reads: what people see of the workspace, as typed facts, wherever they look."""
