"""The words that carry what a text is about."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.words import words_of
from rag.lexicon.light import LIGHT

_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'-]+(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([^)]*\))? [-–—] ")


def plain(text: str) -> str:
    """``text`` without its dateline: where a report was filed is not where things happened."""
    return _DATELINE.sub("", text)


@lru_cache(maxsize=2048)
def content(text: str) -> frozenset[str]:
    """Lemmas of the words that carry what a text is about; no numbers, weekdays, months or reporting verbs."""
    return frozenset(w.lemma for w in words_of(text) if w.key not in LIGHT and not w.number and len(w.key) > 2)
