"""Prefect's view of the steps: one generic task, and what its pages show."""
