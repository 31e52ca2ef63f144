"""Error bars and comparisons: cluster bootstrap, randomisation test, Holm, Wilson, Rogan-Gladen, ranks."""
