"""Parses dates that are stated unambiguously and rejects all others.

This is our own grammar because every library we tried guesses: dateutil fills missing parts from today's date and reads
``UTC+3`` with the sign inverted; dateparser and htmldate choose between 3 April and March 4.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_NO_ZONE = "|".join(("on\\b", *_MONTHS, "mon", "tue", "wed", "thu", "fri", "sat", "sun"))
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DAYS = (
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.]?)(?P<month>\d\d)(?P=mark)(?P<day>\d\d)"),
    re.compile(r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+(?P<year>\d{{4}})"),
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})"),
    re.compile(rf"{_WEEKDAY}(?P<one>\d\d?)(?P<mark>[-/.])(?P<two>\d\d?)(?P=mark)(?P<year>\d{{4}})"),
)
_CLOCK = (
    r"(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,9}))?)?)?"
    r"\s*(?P<half>[ap]\.?m\b\.?)?"
    rf"\s*(?P<zone>\(?(?:utc|gmt)?[+-]\d\d?(?::?\d\d)?\)?|(?!{_NO_ZONE})[a-z]{{1,5}}\b)?"
)
_CLOCK_LAST = re.compile(rf"(?:t|,?\s+(?:at\s+)?|,)(?!\s){_CLOCK}")
_CLOCK_FIRST = re.compile(rf"(?P<clock>{_CLOCK})(?:,\s*|\s+)(?:on\s+)?(?=\D|\d\d?\D|\d{{4}}\D)")
_COMPACT = re.compile(r"((?:\d{8}|\d{4}-\d\d-\d\d)t\d\d)(\d\d)(\d\d)(?!\d)")
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d\d?):?(\d\d)?")

# Zone names with a single meaning in practice (the American ones as in RFC 5322 section 4.3), in hours.
# Names with several meanings, such as BST and IST, are rejected.
_ZONES = {
    "z": 0, "utc": 0, "ut": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "eet": 2, "eest": 3, "msk": 3,
    "jst": 9,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_LONGEST = 80


class UnclearDate(ValueError):
    """The words do not state a date unambiguously; the message says why and how to write it."""


def parse_date(words: str) -> datetime:
    """Parse a date, with or without a time of day, into a datetime in UTC.

    Accepts ISO 8601 and other year-first dates (``2022/06/12``), RFC 5322 (``Mon, 04 May 2026 18:00:00 +0100``) and
    English month names (``4 May 2026``, ``May 4, 2026, 6 p.m. EDT``, ``18:00 UTC, 4 May 2026``). A date without a time
    becomes midnight UTC of that day; a time without a zone is taken as UTC.

    Raises:
        UnclearDate: a part is missing or invalid, the zone name is unknown, or day and month could be swapped.
    """
    text = _COMPACT.sub(r"\1:\2:\3", " ".join(words.split()).lower())
    if len(text) > _LONGEST:
        raise _unclear(words, "is not a recognised date")
    day, clock = _split(text)
    if day is None:
        raise _unclear(words, "does not clearly state a day, a month and a four-digit year")
    try:
        return (_day_of(day, words) + _time_of(clock)).replace(tzinfo=_zone_of(clock, words)).astimezone(UTC)
    except UnclearDate:
        raise
    except (ValueError, OverflowError) as error:
        raise _unclear(words, "is a day or a time that does not exist") from error


def _split(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Match the day and the time of day; None for a missing part. The text must contain nothing else."""
    for pattern in _DAYS:
        if (day := pattern.fullmatch(text)) is not None:
            return day, None
    for pattern in _DAYS:
        day = pattern.match(text)
        clock = _CLOCK_LAST.fullmatch(text, day.end()) if day else None
        if clock is not None:
            return day, clock
    clock = _CLOCK_FIRST.match(text)
    if clock is not None and (clock["minute"] or clock["half"]):
        for pattern in _DAYS:
            if (day := pattern.fullmatch(text, clock.end())) is not None:
                return day, clock
    return None, None


def _day_of(found: re.Match[str], words: str) -> datetime:
    part = found.groupdict()
    year = int(part["year"])
    if part.get("one"):
        return _numeric_day(int(part["one"]), int(part["two"]), year, words)
    month = _MONTHS.index(part["name"][:3]) + 1 if part.get("name") else int(part["month"])
    return datetime(year, month, int(part["day"]), tzinfo=UTC)


def _numeric_day(one: int, two: int, year: int, words: str) -> datetime:
    """Accept ``13/04/2026``, which has one meaning, and reject ``03/04/2026``, which has two."""
    if one <= 12 and two <= 12 and one != two:
        raise _unclear(words, f"could be {year:04}-{two:02}-{one:02} or {year:04}-{one:02}-{two:02}")
    day, month = max(one, two), min(one, two)
    return datetime(year, month, day, tzinfo=UTC)


def _time_of(clock: re.Match[str] | None) -> timedelta:
    if clock is None:
        return timedelta()
    hour, minute, second = (int(clock[name] or 0) for name in ("hour", "minute", "second"))
    if clock["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if clock["half"].startswith("p") else 0)
    elif not clock["minute"]:
        raise ValueError(hour)  # a bare number after a date is not a time of day
    if hour > 23 or minute > 59 or second > 59:
        raise ValueError(hour, minute, second)
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=int(f"{clock['fraction'] or 0:0<6}"[:6]))


def _zone_of(clock: re.Match[str] | None, words: str) -> timezone:
    name = clock["zone"].strip("()") if clock and clock["zone"] else "utc"
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        raise _unclear(words, f"has a time zone ({name.upper()}) that is unknown or ambiguous")
    sign, hours, minutes = offset.groups()
    ahead = timedelta(hours=int(hours), minutes=int(minutes or 0))
    return timezone(ahead if sign == "+" else -ahead)


def _unclear(words: str, why: str) -> UnclearDate:
    shown = words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
    return UnclearDate(f"{shown!r} {why}; write it as 2026-05-04 or 2026-05-04T18:00+00:00")
