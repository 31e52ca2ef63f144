"""Resolve mentions of a time to calendar days, given the day the text was published.

- "Tuesday": the last Tuesday up to the day of publication ("said on Tuesday"), or the next one where the nearest verb
  looks ahead ("will rule on Tuesday", "next Tuesday").
- "4 May": the 4 May nearest to the day of publication; "4 May 2026" is that day.
- "yesterday", "today", "tomorrow": relative to the day of publication.

Leaves out: months and years alone, "last week", "the 4th", and periods. They resolve to no day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.language.times import When, whens_of
from rag.language.words import Word, is_past, words_of
from rag.lexicon import word_set

_WEEK = 7
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1}
# Words of sentences about the future: "will rule on Tuesday", "is due on Tuesday".
_AHEAD = word_set("will would shall next coming upcoming due expected expects plans planned scheduled set going")
# Words of sentences about the past that ``is_past`` does not recognise: "was", "since Tuesday".
_BEHIND = word_set("was were had did last said told earlier since")


@dataclass(frozen=True, slots=True)
class Dated:
    """A mention of a time and the days it can mean; no days where it cannot be resolved."""

    when: When
    days: tuple[date, ...]


def resolved_times(text: str, published: date | None = None) -> tuple[Dated, ...]:
    """Return every mention of a time in ``text`` with the days it can mean.

    Where ``published`` is not known, weekdays are resolved against each full date in the text itself ("Zelin, 6 May
    2026"), and may then have several possible days.
    """
    words, whens = words_of(text), whens_of(text)
    full = [day for n in range(len(whens)) if (day := _full(whens, n))]
    anchors = [published] if published else full
    return tuple(Dated(when, tuple(_days(words, whens, n, anchors, published))) for n, when in enumerate(whens))


def _days(
    words: Sequence[Word], whens: Sequence[When], n: int, anchors: Sequence[date], published: date | None
) -> Iterator[date]:
    when = whens[n]
    if when.kind == "weekday":
        yield from (_weekday(words, when, anchor) for anchor in anchors)
    elif when.kind == "day" and (full := _full(whens, n)):
        yield full
    elif when.kind == "day" and published and (nearest := _nearest(when, published)):
        yield nearest
    elif when.kind == "relative" and published and when.value[0] in _RELATIVE:
        yield published + timedelta(_RELATIVE[str(when.value[0])])


def _weekday(words: Sequence[Word], when: When, anchor: date) -> date:
    """Return the last such weekday up to ``anchor``, or the next one where the sentence looks ahead."""
    since = (anchor.weekday() - int(when.value[0])) % _WEEK
    before = words[when.first - 1].key if when.first else ""
    if before == "last" and not since:
        return anchor - timedelta(_WEEK)
    is_ahead = _looks_ahead(words, when) and (since or before == "next")
    return anchor - timedelta(since - _WEEK if is_ahead else since)


def _looks_ahead(words: Sequence[Word], when: When) -> bool:
    """Whether the sentence places the weekday in the future: "will rule on Tuesday", not "said on Tuesday".

    The nearest verb before the weekday decides, or else the first one after it.
    """
    sentence = words[when.first].sentence
    before = [w for w in reversed(words[: when.first]) if w.sentence == sentence]
    behind = [w for w in words[when.last + 1 :] if w.sentence == sentence]
    for word in [*before, *behind]:
        if word.key in _AHEAD:
            return True
        if word.key in _BEHIND or is_past(word):
            return False
    return False


def year_after(whens: Sequence[When], n: int) -> int | None:
    """Return the year right after the day at index ``n`` ("4 May 2026"), or None."""
    after = whens[n + 1] if n + 1 < len(whens) else None
    if whens[n].kind != "day" or after is None or after.kind != "year" or after.first != whens[n].last + 1:
        return None
    return int(after.value[0])


def _full(whens: Sequence[When], n: int) -> date | None:
    year = year_after(whens, n)
    return None if year is None else _day(year, whens[n])


def _nearest(when: When, published: date) -> date | None:
    days = [day for year in range(published.year - 1, published.year + 2) if (day := _day(year, when))]
    return min(days, key=lambda day: abs(day - published), default=None)


def _day(year: int, when: When) -> date | None:
    month, day = when.value
    try:
        return date(year, int(month), int(day))
    except ValueError:  # 31 April, 29 February
        return None
