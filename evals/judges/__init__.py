"""Judges: the embedded verifier, a language model, and plain baselines that any judge should beat."""
