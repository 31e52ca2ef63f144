"""Content words of a text."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.words import words_of
from rag.lexicon.light import LIGHT

_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'-]+(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([^)]*\))? [-–—] ")


def plain(text: str) -> str:
    """``text`` without its dateline, since the place of filing is not where events happened."""
    return _DATELINE.sub("", text)


@lru_cache(maxsize=2048)
def content(text: str) -> frozenset[str]:
    """Lemmas of the content words, without numbers, weekdays, months and reporting verbs."""
    return frozenset(w.lemma for w in words_of(text) if w.key not in LIGHT and not w.number and len(w.key) > 2)
