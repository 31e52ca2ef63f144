"""Error bars and comparisons: cluster bootstrap, McNemar, Holm, Wilson, Rogan-Gladen, detectable differences."""
