"""Stems of the content words of a text, so that "announced" matches "announcement"."""

from __future__ import annotations

import re
from functools import lru_cache

import tantivy

from rag.language.words import without_accents
from rag.lexicon.light import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# The lexical index uses the same stemmer (index/lexical.py), so both agree on which forms are one word.
_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the content words of ``text``, in order and with repetitions. Numbers stay unchanged."""
    return tuple(_STEMMER.analyze(" ".join(word for word in words(text) if word not in STOP_WORDS)))


def words(text: str) -> tuple[str, ...]:
    """Return all words of ``text`` in lower case, without accents and without a possessive "'s"."""
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(without_accents(text.lower())))
