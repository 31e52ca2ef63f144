"""Errors planted in real sentences: how many the deterministic checks see, and how often they object to true ones."""
