"""The words of a text that carry its content, stemmed, so that "announced" meets "announcement"."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import tantivy

_WORD = re.compile(r"[^\W_]+(?:[.,'’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
# Words that are in every text, only shape a question, or only say that somebody said something; "not" is content.
_STOP_WORDS = """
    a about above after again against all also am an and any are as at be because been before being below between both
    but by can could d did do does doing down during each few for from further had has have having he her here hers
    him his how i if in into is it its just ll m many me more most much my of off on once only or other our out over
    own re s same shall she should so some such t than that the their theirs them then there these they this those
    through to too under until up us ve very was we were what when where which while who whom whose why will with would
    you your according say says said tell told
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
# The stemmer of the library that also serves the lexical index, so both agree on what one word is.
_STEMMER = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer("english")).build()


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems of the content words of ``text``, in order and with repeats; numbers stay as they are."""
    return tuple(_STEMMER.analyze(" ".join(word for word in words(text) if word not in STOP_WORDS)))


def words(text: str) -> tuple[str, ...]:
    """All words of ``text``, folded: lower case, no accents, no possessive."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return tuple(_POSSESSIVE.sub("", word) for word in _WORD.findall(folded))


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that is in both, 0 to 1 (Szymkiewicz-Simpson coefficient); 0 where one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def coverage(wanted: frozenset[str], present: frozenset[str]) -> float:
    """Share of ``wanted`` that is ``present``, 0 to 1; 1 where nothing is wanted."""
    return len(wanted & present) / len(wanted) if wanted else 1.0
