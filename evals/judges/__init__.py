"""Judges: the embedded verifier, a language model, and plain baselines that any judge should beat."""

JUDGES = ("embedded", "model", "llm", "overlap", "bigram", "cosine")
"""What ``evals.judges.choose`` can make; here, so that the commands' help need not import it."""
