"""Find mentions of days, months, years and relative times in a text.

- days: "4 May", "May 4th", "4th of May"; months: "in May", "May 2022"
- years from 1500 to 2100: "2022", "2018-19"; decades: "the 1990s"
- weekdays: "Tuesday", "Tue."
- relative times: "yesterday", "tonight", "last week", "the coming year"

Leaves out: dates in digits only ("04/05/2026"), clock times (``rag.language.quantities``), years before 1500, spelled
years, "two days ago", seasons without "last" or "next", and holidays. A word that is also something else ("may",
"March") counts as a month only with a day, a year or a preposition beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.words import Word, key_at, words_of
from rag.lexicon.calendar import MONTHS, WEEKDAYS

# Abbreviations of the weekdays, in order. "sat" and "sun" are left out: they are common words.
_SHORT_DAYS = ("mon", "tue tues", "wed", "thu thur thurs", "fri", "", "")
# Abbreviations of the months, in order.
_SHORT_MONTHS = ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sept sep", "oct", "nov", "dec")
_WEEKDAYS = {
    name: n
    for n, (day, short) in enumerate(zip(WEEKDAYS, _SHORT_DAYS, strict=True))
    for name in (day, f"{day}s", *short.split())
}
_MONTHS = {
    name: n
    for n, (month, short) in enumerate(zip(MONTHS, _SHORT_MONTHS, strict=True), start=1)
    for name in (month, *short.split())
}
# A pair of years such as 2018–19.
_YEARS = re.compile(r"((?:1[5-9]|20)\d\d)[-–](\d\d)")  # 2018–19
# Names of months and weekdays that are also other words.
_DOUBTFUL = {"may", "march", "mar", "august", "sun", "sat", "mon", "wed", "jan", "sep", "dec"}
# Words after which a doubtful word is a month: "in March", "late May".
_MONTH_LEADS = {
    "in", "of", "since", "until", "till", "by", "last", "next", "this", "early", "late", "mid", "from", "to", "through",
    "before", "after", "during", "between", "and", "on", "every", "each", "end",
}  # fmt: skip
# Words that relate a period to the time of writing.
_RELATIVE = {"last", "next", "this", "past", "previous", "coming"}
# Periods that such a word can relate: "last week".
_PERIODS = {
    "week",
    "month",
    "year",
    "weekend",
    "summer",
    "winter",
    "spring",
    "autumn",
    "fall",
    "night",
    "decade",
    "century",
}
# Days named relative to the time of writing.
_DAYS = {"yesterday", "today", "tomorrow", "tonight"}
# Words with the same meaning as another one in ``_RELATIVE``, so that their values compare as equal.
_SAME_SENSE = {"past": "last", "previous": "last", "coming": "next"}


@dataclass(frozen=True, slots=True)
class When:
    """One mention of a time.

    ``kind`` is "weekday", "day", "month", "year", "decade" or "relative". ``value`` makes two mentions of one kind
    comparable: (weekday 0 to 6), (month, day), (month), (year), (first year), or the words. ``first`` and ``last`` are
    the indices of its words.
    """

    kind: str
    value: tuple[int | str, ...]
    text: str
    first: int
    last: int


@lru_cache(maxsize=1024)
def whens_of(text: str) -> tuple[When, ...]:
    """Return every mention of a time in the text, in order."""
    words = words_of(text)
    caseless = not any(w.capital for w in words)
    found: list[When] = []
    i = 0
    while i < len(words):
        read = (
            _month(words, i, caseless=caseless)
            or _year(words, i)
            or _weekday(words, i, caseless=caseless)
            or _relative(words, i)
        )
        found.extend(read)
        i = read[-1].last + 1 if read else i + 1
    return tuple(found)


@lru_cache(maxsize=1024)
def words_in_dates(text: str) -> frozenset[int]:
    """Return the indices of the words of ``text`` that belong to a date, and so are no amount and no name."""
    return frozenset(i for when in whens_of(text) for i in range(when.first, when.last + 1))


def _day_number(words: Sequence[Word], i: int) -> int | None:
    if not 0 <= i < len(words) or not words[i].number or not words[i].text.isdigit():
        return None
    value = int(words[i].text)
    return value if 1 <= value <= 31 and len(words[i].text) <= 2 else None


def _month(words: Sequence[Word], i: int, *, caseless: bool) -> list[When]:
    """Read a date that begins at word ``i`` with its month or its day: "May 4", "4th of May", "May 2022", "in May"."""
    day, at = _day_number(words, i), i
    if day is not None:
        at = i + 1
        at += key_at(words, at) in {"st", "nd", "rd", "th"}
        at += key_at(words, at) == "of"
    month = _MONTHS.get(key_at(words, at))
    if month is None or not (words[at].capital or caseless) or (at != i and words[at].clause != words[i].clause):
        return []
    last = at
    if day is None and (day := _day_number(words, at + 1)) is not None:
        last = at + 1
        last += key_at(words, last + 1) in {"st", "nd", "rd", "th"}
    dated = day is not None or _is_year(words, at + 1)
    if (
        (words[at].key in _DOUBTFUL or caseless)
        and not dated
        and (words[at].initial or key_at(words, at - 1) not in _MONTH_LEADS)
    ):
        return []
    text = " ".join(w.text for w in words[i : last + 1])
    return [When("day", (month, day), text, i, last) if day is not None else When("month", (month,), text, i, last)]


def _is_year(words: Sequence[Word], i: int) -> bool:
    if not 0 <= i < len(words):
        return False
    text = words[i].text
    return text.isdigit() and len(text) == 4 and 1500 <= int(text) <= 2100


def _year(words: Sequence[Word], i: int) -> list[When]:
    if span := _YEARS.fullmatch(words[i].text):
        first = int(span[1])
        return [When("year", (year,), words[i].text, i, i) for year in (first, first // 100 * 100 + int(span[2]))]
    if not _is_year(words, i) or key_at(words, i - 1) in {"$", "£", "€"}:
        return []
    text, nxt = words[i].text, key_at(words, i + 1)
    glued = i + 1 < len(words) and words[i + 1].start == words[i].end
    if nxt == "s" and glued:
        return [When("decade", (int(text),), text + "s", i, i + 1)]
    if glued or nxt in {"%", "percent", "people", "men", "soldiers", "troops"}:
        return []
    return [When("year", (int(text),), text, i, i)]


def _weekday(words: Sequence[Word], i: int, *, caseless: bool) -> list[When]:
    word = words[i]
    if (
        word.key not in _WEEKDAYS
        or not (word.capital or caseless)
        or (word.key in _DOUBTFUL and not word.text.endswith("."))
    ):
        return []
    return [When("weekday", (_WEEKDAYS[word.key],), word.text, i, i)]


def _relative(words: Sequence[Word], i: int) -> list[When]:
    key, nxt = key_at(words, i), words[i + 1].lemma if i + 1 < len(words) else ""
    if key in _DAYS:
        return [When("relative", ("today" if key == "tonight" else key,), words[i].text, i, i)]
    if key in _RELATIVE and nxt in _PERIODS and words[i].clause == words[i + 1].clause:
        value = (_SAME_SENSE.get(key, key), nxt)
        return [When("relative", value, f"{words[i].text} {words[i + 1].text}", i, i + 1)]
    return []
