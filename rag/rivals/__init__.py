"""Finds the sources that differ from what an answer shows."""
