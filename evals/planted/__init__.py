"""Measures the deterministic checks on errors planted in real sentences, and their false positives on true ones."""
