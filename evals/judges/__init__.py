"""Judges: the embedded verifier, a language model, and simple baselines that any judge should beat."""

JUDGES = ("embedded", "model", "llm", "overlap", "bigram", "cosine")
"""Names of the judges in ``evals.judges.choose``; kept here so that ``--help`` does not import it."""
