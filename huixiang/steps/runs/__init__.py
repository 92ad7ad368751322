"""Runs: how one begins and ends, which rules it uses, who may write meanwhile."""
