"""Intervals and tests: cluster bootstrap, Wilson, randomisation test, Holm, Rogan-Gladen, rank statistics."""
