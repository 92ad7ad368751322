"""Needs, drivers, emotion, expectation, effort."""
