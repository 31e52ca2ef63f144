"""Word lists the rules share. Small on purpose: a list is here only where a rule cannot do without."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a space-separated list: fifty words read better as prose than as fifty strings."""
    return frozenset(text.split())
