"""Word lists that several rules share. All are for English news and, WordNet's antonyms apart, compiled by hand.

Keep them small: add a word only where a rule is wrong without it.
"""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of a space-separated string as a set."""
    return frozenset(text.split())
