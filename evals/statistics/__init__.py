"""Intervals and tests: cluster bootstrap, randomisation test, Holm, Wilson, Rogan-Gladen, rank statistics."""
