"""Which calendar days a text means by "Tuesday", "yesterday" and "4 May": from the day it was published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.language.times import When, whens_of
from rag.language.words import Word, is_past, words_of
from rag.lexicon import word_set

_WEEK = 7
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1}
_AHEAD = word_set("will would shall next coming upcoming due expected expects plans planned scheduled set going")
_BEHIND = word_set("was were had did last said told earlier since")


@dataclass(frozen=True, slots=True)
class Dated:
    """A mention of a time and the days it can mean; none where nothing tells which."""

    when: When
    days: tuple[date, ...]


def dated_in(text: str, published: date | None = None) -> tuple[Dated, ...]:
    """Every mention of a time in ``text`` with the days it can mean.

    A weekday is the last one up to the day of publication, or the next one where its sentence looks ahead. Where that
    day is not known, each full date in the text itself ("Zelin, 6 May 2026") takes its place.
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
    """The last such day up to ``anchor``; the one after it where the words nearest to it look ahead."""
    since = (anchor.weekday() - int(when.value[0])) % _WEEK
    before = words[when.first - 1].key if when.first else ""
    if before == "last" and not since:
        return anchor - timedelta(_WEEK)
    is_ahead = _looks_ahead(words, when) and (since or before == "next")
    return anchor - timedelta(since - _WEEK if is_ahead else since)


def _looks_ahead(words: Sequence[Word], when: When) -> bool:
    """By the nearest verb before the weekday, or the first behind it: "will rule on Tuesday", "said on Tuesday"."""
    sentence = words[when.first].sentence
    before = [w for w in reversed(words[: when.first]) if w.sentence == sentence]
    behind = [w for w in words[when.last + 1 :] if w.sentence == sentence]
    for word in [*before, *behind]:
        if word.key in _AHEAD:
            return True
        if word.key in _BEHIND or is_past(word):
            return False
    return False


def year_behind(whens: Sequence[When], n: int) -> int | None:
    """The year that stands right behind a day: "4 May 2026"."""
    after = whens[n + 1] if n + 1 < len(whens) else None
    if whens[n].kind != "day" or after is None or after.kind != "year" or after.first != whens[n].last + 1:
        return None
    return int(after.value[0])


def _full(whens: Sequence[When], n: int) -> date | None:
    year = year_behind(whens, n)
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
