"""Restricts a search to reports of the days that a question names: "How many have died since 6 March?".

The date of an event is not that of the report on it, so only few questions restrict it:

- "since", "after": what has happened since a day is reported on that day or later. Not for questions about the future.
- "by", "as of", "as at", "up to" with a figure ("How many had died by 6 March?"): the figure known on that day.
- "before", "until" and "on" only if they say when something was said or reported: "What did Lunde say on 3 March?".
- any of them in a request for an overview: "What is the latest on the strike as of 13 April?".

A report of another day is kept if it names one of the days asked about ("The bridge will close on 6 March").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from index.types import Chunk, Question, ScoredChunk
from rag.language.calendar import resolved_times
from rag.language.day_bounds import DayBound, bound_in, span_of, without_bound
from rag.language.times import When
from rag.language.words import Word, is_past, key_at, lemma_of, words_of
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS
from rag.lexicon.reporting import CLEAR
from rag.overview import overview_of
from rag.parts import parts_of
from rag.question.answer_type import FIGURES, asked_type

_DAY = timedelta(days=1)
_SAYS = frozenset(lemma_of(key) for key in CLEAR) | word_set("publish write know")
_NOT_PAST = word_set(
    "will would shall should can could may might must going due next planned expected scheduled upcoming"
)
_PERFECT = word_set("has have had been")
_PAST = word_set("did was were")
_PRESENT = word_set("is are am do does")
_RELATIVE = word_set("who whom whose which that where when while")
_OPENING = 2  # words that the question word is among: "in which"
_LONGEST = {"night": 1, "weekend": 9, "week": 13, "month": 61}  # days back or ahead that "last week" may mean
_YEARS = 730


@dataclass(frozen=True, slots=True)
class AskedDays:
    """The days asked about, both inclusive; None means no limit.

    A report of another day is kept if it names one of the days or, if given, the day ``named``; never with
    ``by_publication``. It is also kept if it has the words ``said``, a date with its year ("February 2011").
    """

    since: date | None = None
    until: date | None = None
    named: date | None = None
    by_publication: bool = False
    said: str = ""

    def has(self, first: date, last: date) -> bool:
        """Whether one of the days from ``first`` to ``last`` is asked about."""
        return (self.since is None or last >= self.since) and (self.until is None or first <= self.until)


def asked_days(question: str, known: date) -> AskedDays | None:
    """The days to which the question restricts reports, or None.

    Args:
        question: standing alone.
        known: the day of the question, or that of the newest report. A day without a year is not after it.
    """
    bound = bound_in(question)
    if bound is None or len(parts_of(question)) > 1:
        return None
    is_lower = bound.preposition in {"since", "after"}
    days = bound.days(known, last=is_lower)
    if days is None or not (_is_open_after(question, bound) if is_lower else _is_open_before(question, bound)):
        return None
    overview = overview_of(question)
    strict = overview is not None and (overview.newest or not is_lower)
    is_of_that_day = bound.preposition in {"since", "on", "as of", "as at", "up to"}
    said = _words_of_date(question, bound) if bound.year is not None and is_of_that_day else ""
    return replace(_days_of(bound.preposition, *days), by_publication=strict, said=said)


def without_first_day(question: str) -> str | None:
    """The question without the day from which it asks to count, at its end; None if it does not ask for such a figure.

    "How many have died since 6 March?" asks for other deaths than "How many have died?", to which reports give a total.
    """
    bound, text = bound_in(question), question.rstrip(" ?!.")
    if bound is None or bound.preposition not in {"since", "after"} or asked_type(question) not in FIGURES:
        return None
    rest = without_bound(text)
    return f"{rest}?" if rest != text and _is_open_after(question, bound) else None


def _words_of_date(question: str, bound: DayBound) -> str:
    words = words_of(question)
    return question[words[bound.when.first].start : words[bound.last].end]


def _days_of(preposition: str, first: date, last: date) -> AskedDays:
    match preposition:
        case "since":
            return AskedDays(since=first)
        case "after":
            return AskedDays(since=last + _DAY)
        case "before":
            return AskedDays(until=first - _DAY)
        case "on":
            return AskedDays(since=first, until=last + _DAY, named=first)
    is_end = preposition in {"until", "till"}
    until = first if preposition == "by" else last
    return AskedDays(until=until, named=None if is_end else until)


def search_asked_days(
    search: Callable[[Question, int], list[ScoredChunk]], asked: Question, limit: int, days: AskedDays
) -> list[ScoredChunk]:
    """The results of a search that may be about the days asked about, at most ``limit``.

    If it finds only undated articles, these are all results: nothing shows which days they are about.
    """
    since = [moment for moment in (asked.since, _start(days.since)) if moment]
    until = [moment for moment in (asked.until, _start(days.until, _DAY)) if moment]
    inside = replace(asked, since=max(since, default=None), until=min(until, default=None))
    found = {one.chunk.id: one for one in (*search(asked, limit), *search(inside, limit))}
    is_dated = any(one.chunk.updated or one.chunk.published for one in found.values())
    return [one for one in found.values() if not is_dated or _may_be_of(days, one.chunk)][:limit]


def _start(day: date | None, later: timedelta = timedelta(0)) -> datetime | None:
    return datetime.combine(day + later, time(), UTC) if day else None


def _is_open_after(question: str, bound: DayBound) -> bool:
    """Whether what is asked about began after the bound, and is not still to come."""
    if overview_of(question):
        return True
    words = _around_bound(question, bound)
    if any(word.key in _NOT_PAST for word in words) or _is_in_other_clause(question, bound):
        return False
    auxiliaries = {word.key for word in words if word.key in _PERFECT | _PAST | _PRESENT}
    past = sum(is_past(word) for word in words if word.key not in auxiliaries)
    if past > ("did" not in auxiliaries):  # one may be a description: "the map used since 6 March"
        return False
    if bound.preposition == "since":  # "Is it open since 6 March?"
        return past > 0 or bool(auxiliaries)
    is_past_asked = not auxiliaries & _PRESENT and (past > 0 or bool(auxiliaries))
    return is_past_asked and not _has_infinitive(words[: bound.first])


def _is_in_other_clause(question: str, bound: DayBound) -> bool:
    """Whether the bound belongs to an aside or a relative clause: "the bridge that has been closed since 6 March"."""
    words = words_of(question)
    before = words[: bound.first]
    return bool(before) and (
        words[bound.first].clause != words[0].clause or any(word.key in _RELATIVE for word in before[_OPENING:])
    )


def _is_open_before(question: str, bound: DayBound) -> bool:
    """Whether only what was known by the bound can answer."""
    words = _around_bound(question, bound)
    if _has_infinitive(words[: bound.first]) or any(word.key in _NOT_PAST for word in words):
        return False
    if _is_in_other_clause(question, bound):
        return False
    if overview_of(question):
        return bound.preposition != "on"
    if bound.preposition in {"by", "as of", "as at", "up to"}:
        return asked_type(question) in FIGURES and any(word.key in _PERFECT | _PAST or is_past(word) for word in words)
    return _says_then(words, bound.first)


def _around_bound(question: str, bound: DayBound) -> tuple[Word, ...]:
    """The words of the question without those of the bound, among which "May" may be."""
    words = words_of(question)
    return words[: bound.first] + words[bound.last + 1 :]


def _says_then(words: Sequence[Word], at: int) -> bool:
    """Whether a bound before word ``at`` says when something was said.

    It does if it opens the question or follows the verb, directly or after "about" and a name.
    """
    says = next((n for n, word in enumerate(words) if word.lemma in _SAYS), None)
    if says is None or not any(word.key in _PERFECT | _PAST for word in words):
        return False
    if not at:
        return True
    between = words[says + 1 : at]
    is_named = key_at(words, says + 1) in {"about", "on"} and all(word.capital for word in between[1:])
    return says < at and (not between or is_named)


def _has_infinitive(words: Sequence[Word]) -> bool:
    """Whether "to" with a verb may be among the words: in "ordered to pay by 5 May" the day is that of the payment."""
    return any(
        word.key == "to" and not words[n + 1].capital and words[n + 1].key not in STOP_WORDS
        for n, word in enumerate(words[:-1])
    )


def _may_be_of(days: AskedDays, chunk: Chunk) -> bool:
    """Whether the text was published on one of the days, or names one."""
    known = chunk.updated or chunk.published
    day = known.date() if known else None
    if day and days.has(day, day):
        return True
    if days.by_publication:
        return False
    if days.said and days.said.casefold() in chunk.text.casefold():
        return True
    return any(_is_asked(days, *named) for named in _named(f"{chunk.title or ''}.\n{chunk.text}", day))


def _is_asked(days: AskedDays, first: date, last: date) -> bool:
    return first <= days.named <= last and first == last if days.named else days.has(first, last)


def _named(text: str, published: date | None) -> Iterator[tuple[date, date]]:
    """The first and the last day of each time that the text mentions, as far as they are known."""
    for dated in resolved_times(text, published):
        yield from ((day, day) for day in dated.days)
        if published and dated.when.kind == "month":
            yield from _nearest_month(dated.when, published)
        elif published and dated.when.kind == "relative" and len(dated.when.value) > 1:
            yield _around(dated.when, published)


def _nearest_month(when: When, published: date) -> Iterator[tuple[date, date]]:
    """The nearest such month; not that of the publication, part of which may be before or after the days."""
    spans = [span for year in range(published.year - 1, published.year + 2) if (span := span_of(when, year))]
    nearest = min(spans, key=lambda span: abs(span[0] - published))
    if nearest[0].month != published.month:
        yield nearest


def _around(when: When, published: date) -> tuple[date, date]:
    """The days that "last week" or "next month" may mean."""
    period = timedelta(_LONGEST.get(str(when.value[1]), _YEARS))
    if when.value[0] == "next":
        return published + _DAY, published + period
    return published - period, published - _DAY
