"""Words that negate what follows them."""

from __future__ import annotations

from rag.lexicon import word_set

NEGATIONS = word_set("not no never neither nor none nobody nothing nowhere without hardly barely scarcely")
"""Lemmas; that of "n't" and "cannot" is "not"."""
