"""Compares the facts of two texts: the same, different, or undone."""
