"""Resolves "last year" and "two years ago" in a question to the year asked about.

Only clear cases are resolved: a question about the past in a single clause ("How many homes burned last year?"). The
others are left as they are, because articles of a later year may answer them:

- what the words describe instead of when it happened: "last year's flood", "the minister who resigned last year"
- one end of a comparison or period: "more than last year", "since last year"
- estimates: "about ten years ago"
- the cause or course of an event: "Why did she resign last year?"

"This year" and "last month" need no resolution: a sentence is ruled out only if it was published more than a month
after the year asked about (``rag.question.asked_year``), which no article known on the day of the question was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from rag.language.numerals import number_at
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set

_LONGEST_AGO = 20  # years; a larger number is usually rounded
# Words before the mention that make it a comparison, one end of a period or an estimate.
_NOT_AT = word_set(
    "since after before until till by from to through between and or than with over on against like as about around "
    "nearly almost some roughly approximately under beat the"
)
_AUXILIARIES = word_set("did was were had")
_OTHER_TENSES = word_set("is are am will would can could may might shall should must do does")
_SUBORDINATING = word_set("who whom whose which that when while where after before because since if whether as")
_RESOLVED = re.compile(r"\b(?:last year|years ago) \(\d{4}\)", re.IGNORECASE)
_CAUSE_ASKED = re.compile(r"\b(?:why|how (?:did|was|were|had))\b", re.IGNORECASE)
_OPENING = re.compile(r"\s*(?:who|whom|whose|which|when|where|in which)\b", re.IGNORECASE)


def with_asked_year(question: str, asked_on: datetime) -> str:
    """The question with the year added to "last year" or "two years ago": "last year (2025)".

    Args:
        question: a question that stands alone.
        asked_on: the moment to which its words are relative.
    """
    words = words_of(question)
    found = [(n, *mention) for n in range(len(words)) if (mention := _years_back(words, n))]
    if len(found) != 1:
        return question
    first, last, back = found[0]
    end = words[last].end
    if question[end:].lstrip()[:1] in {"(", "'", "’"} or key_at(words, first - 1) in _NOT_AT:
        return question
    if not _asks_about_the_past(question, words):
        return question
    return f"{question[:end]} ({asked_on.year - back}){question[end:]}"


def has_resolved_year(question: str) -> bool:
    """Whether ``with_asked_year`` added a year to the question."""
    return _RESOLVED.search(question) is not None


def _years_back(words: Sequence[Word], n: int) -> tuple[int, int] | None:
    """The index of the last word of a mention that begins at word ``n``, and how many years ago that is."""
    if words[n].key == "last" and key_at(words, n + 1) == "year":
        return n + 1, 1
    number = number_at(words, n)
    if number is None:
        return None
    value, last = number
    is_ago = words[min(last + 1, len(words) - 1)].lemma == "year" and key_at(words, last + 2) == "ago"
    whole = value.is_integer() and 1 <= value <= _LONGEST_AGO
    return (last + 2, int(value)) if is_ago and whole else None


def _asks_about_the_past(question: str, words: Sequence[Word]) -> bool:
    """Whether the question is one clause in the past tense; a second past form may belong to a description."""
    start = len(words_of(match.group())) if (match := _OPENING.match(question)) else 0
    rest = words[start:]
    if _CAUSE_ASKED.search(question) or any(w.key in _OTHER_TENSES | _SUBORDINATING for w in rest):
        return False
    auxiliaries = [w.key for w in rest if w.key in _AUXILIARIES]
    past = [w for w in rest if is_past(w) and w.key not in _AUXILIARIES and w.key not in {"last", "years"}]
    if auxiliaries == ["did"]:
        return not past
    return len(past) <= 1 if len(auxiliaries) == 1 else not auxiliaries and len(past) == 1
