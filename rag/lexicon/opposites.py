"""Pairs of words with opposite meaning.

Two files, one pair a line: antonyms from WordNet (licence in the file), and pairs compiled by hand that news uses as
opposites and WordNet does not list. Opposites by prefix ("safe", "unsafe") are not listed; ``rag.checks.negation`` has
a rule for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

_FILES = ("antonyms_wordnet.txt", "opposites_news.txt")


def opposites_of(*words: str) -> frozenset[str]:
    """Return the opposites of any of the words, given as lemmas or other forms."""
    return frozenset().union(*(_table().get(word, frozenset()) for word in words))


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    for a, b in _pairs():
        table.setdefault(a, set()).add(b)
        table.setdefault(b, set()).add(a)
    return {word: frozenset(opposites) for word, opposites in table.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    for name in _FILES:
        for line in (files("rag.lexicon") / name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                a, b = line.split()
                yield a, b
