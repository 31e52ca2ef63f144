"""Measures, one per file, each with its definition and source. ``evals.measures.all.MEASURES`` lists them."""
