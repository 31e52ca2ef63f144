"""The words of a text that carry its content, stemmed, so that "announced" meets "announcement"."""

from __future__ import annotations

import re
from functools import lru_cache

import tantivy

from rag.language.words import without_accents
from rag.lexicon.light import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# The stemmer of the library that also serves the lexical index, so both agree on what one word is.
_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the content words of ``text``, in order and with repeats; numbers stay as they are."""
    return tuple(_STEMMER.analyze(" ".join(word for word in words(text) if word not in STOP_WORDS)))


def words(text: str) -> tuple[str, ...]:
    """All words of ``text``, folded: lower case, no accents, no possessive."""
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(without_accents(text.lower())))
