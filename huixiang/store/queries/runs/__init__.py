"""Queries about runs: what ran, by which rules, who may write, what was reported."""
