"""Finds the day or month that bounds a question in time: "since 6 March", "before May", "as of 5 March 2026".

Only a mention right after its preposition counts, and not one that describes a noun ("after the 6 March flood", "since
6 March floods began"). Weekdays, years alone and periods ("between 3 and 6 March") are left out.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.language.times import When, whens_of
from rag.language.words import Word, key_at, words_of
from rag.lexicon.light import STOP_WORDS
from rag.lexicon.negations import NEGATIONS

# Prepositions, as keys of one or two words, and the side that each bounds.
_SINGLE = frozenset({"since", "after", "before", "until", "till", "by", "on"})
_DOUBLE = frozenset({("as", "of"), ("as", "at"), ("up", "to")})
_DATES = frozenset({"day", "month", "year"})


@dataclass(frozen=True, slots=True)
class DayBound:
    """A preposition ("since", "as of") with a day or month.

    ``first`` and ``last`` are the indices of its words in the question; ``year`` is None if none is stated.
    """

    preposition: str
    when: When
    year: int | None
    first: int
    last: int

    def days(self, known: date, *, last: bool) -> tuple[date, date] | None:
        """The first and the last day of the mention.

        Without a year this is the last such day or month that begins by ``known``; with ``last`` False it is the one
        nearest to ``known``, and None if that begins later.
        """
        years = [self.year] if self.year is not None else range(known.year - 1, known.year + 2)
        spans = [span for year in years if (span := span_of(self.when, year))]
        if self.year is None and last:
            spans = [span for span in spans if span[0] <= known]
        nearest = min(spans, key=lambda span: abs(span[0] - known), default=None)
        return nearest if nearest and (self.year is not None or nearest[0] <= known) else None


def bound_in(question: str) -> DayBound | None:
    """The bound in a question; None if there is none, or if the question names another date."""
    words, whens = words_of(question), [when for when in whens_of(question) if when.kind in _DATES]
    if not whens or whens[0].kind == "year":
        return None
    when, *others = whens
    is_year = bool(others) and others[0].kind == "year" and others[0].first == when.last + 1
    last = others[0].last if is_year else when.last
    first = _preposition(words, when.first)
    if first is None or len(others) > is_year or _describes(words, last):
        return None
    if first and words[first - 1].lemma in NEGATIONS:  # "not until 5 March"
        return None
    year = int(others[0].value[0]) if is_year else None
    return DayBound(" ".join(word.key for word in words[first : when.first]), when, year, first, last)


def span_of(when: When, year: int) -> tuple[date, date] | None:
    """The first and the last day of a day or month in a year; None for 29 February of most years."""
    month = int(when.value[0])
    if when.kind == "month":
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    try:
        day = date(year, month, int(when.value[1]))
    except ValueError:
        return None
    return day, day


def without_bound(topic: str) -> str:
    """``topic`` without a bound at its end: "the ferry strike since 15 April" gives "the ferry strike"."""
    words, bound = words_of(topic), bound_in(topic)
    if bound is None or not bound.first or bound.last != len(words) - 1:
        return topic
    return topic[: words[bound.first].start].rstrip(" ,")


def _preposition(words: Sequence[Word], at: int) -> int | None:
    """The index of the first word of the preposition before word ``at``."""
    if (key_at(words, at - 2), key_at(words, at - 1)) in _DOUBLE:
        return at - 2
    return at - 1 if key_at(words, at - 1) in _SINGLE else None


def _describes(words: Sequence[Word], last: int) -> bool:
    """Whether a noun that the date describes may follow it: "the 6 March flood"."""
    after = words[last + 1] if last + 1 < len(words) else None
    return after is not None and after.clause == words[last].clause and after.key not in STOP_WORDS
