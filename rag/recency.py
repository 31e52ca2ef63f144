"""News fades: of what a search finds, what was new at the moment asked about comes first."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date, datetime
from statistics import median

from index.types import Question, ScoredChunk
from rag.language.calendar import dated_in
from rag.language.times import whens_of
from rag.language.words import words_of

FRESH_DAYS = 7.0
"""An article is about as old as the news for a week, the rhythm of "this week"."""
FADING = 1.3
"""How much an age weighs against a place in the search, both as logarithms.

On RealTimeQA's shared questions, each asked as of its day, the right article comes first for 0.54 of them without this,
and for 0.72 to 0.76 with anything from 0.8 to 2.
"""

_NOW = re.compile(r"\b(?:now|currently|latest|newest|recent|recently|so far|at the moment|these days)\b", re.IGNORECASE)
_AS_OF = {("as", "of"), ("as", "at"), ("up", "to"), ("by",), ("until",), ("till",)}
_DATED = frozenset({"day", "month", "year", "decade"})


def recent_first(found: Sequence[ScoredChunk], asked: Question, now: datetime) -> list[ScoredChunk]:
    """What was found, ordered by its place and by how old it was at the moment asked about.

    That moment is ``asked.as_of``; without one it is ``now`` where the question speaks of the present ("this week",
    "latest"), and otherwise the order stays. It also stays where the question names a date: then not the newest is
    sought. The logarithm makes years apart of an old archive weigh little. Undated articles are taken to be as old as
    the median of the others.
    """
    moment = _moment(asked, now)
    if not moment:
        return list(found)
    ages = {n: _age(one.chunk.published, moment) for n, one in enumerate(found) if one.chunk.published}
    if not ages:
        return list(found)
    usual = median(ages.values())
    places = [math.log(n + 1) + FADING * ages.get(n, usual) for n in range(len(found))]
    return [found[n] for n in sorted(range(len(found)), key=places.__getitem__)]


def day_asked(question: str, known: date) -> date | None:
    """The day whose knowledge is asked for ("as of 5 March", "by 7 March 2026"), or None.

    A day without a year is the one nearest to ``known``, the day of the newest report.
    """
    words = words_of(question)
    for dated in dated_in(question, known):
        before = tuple(word.key for word in words[max(0, dated.when.first - 2) : dated.when.first])
        if dated.when.kind == "day" and dated.days and (before in _AS_OF or before[-1:] in _AS_OF):
            return dated.days[0]
    return None


def newest_first(moment: datetime | None) -> float:
    """A key to sort by: the newest first, undated ones last."""
    return -moment.timestamp() if moment else math.inf


def _moment(asked: Question, now: datetime) -> datetime | None:
    whens = whens_of(asked.text)
    if any(when.kind in _DATED for when in whens):
        return None
    speaks_of_now = _NOW.search(asked.text) or any(when.value[0] in {"this", "today"} for when in whens)
    return asked.as_of or (now if speaks_of_now else None)


def _age(published: datetime, moment: datetime) -> float:
    """Logarithm of one and the age in weeks; 0 for what is new."""
    return math.log1p(max(0.0, (moment - published).total_seconds() / 86400) / FRESH_DAYS)
