"""Measurements: never part of the test run, never a timed assertion."""
