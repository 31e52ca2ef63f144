"""Parsing and formatting of dates and times."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from enum import Enum

from index.errors import BadInput

_BARE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class DayEdge(Enum):
    """The time of day that a date without one stands for."""

    START = time.min
    END = time.max


def parse_moment(text: str, edge: DayEdge, name: str) -> datetime:
    """Parse an ISO 8601 date or time; a bare date stands for the start or end of that day in UTC.

    Raises:
        BadInput: ``text`` is not ISO 8601, or is a time without a zone. The message begins with ``name``.
    """
    cleaned = text.strip()
    wanted = f"{name} needs a date such as 2026-05-04 or a time with its time zone such as 2026-05-04T18:00Z"
    try:
        if _BARE_DATE.fullmatch(cleaned):
            return datetime.combine(date.fromisoformat(cleaned), edge.value, tzinfo=UTC)
        moment = datetime.fromisoformat(cleaned)
    except ValueError:
        raise BadInput(f"{wanted}, not {cleaned!r}.") from None
    if moment.tzinfo is None:
        raise BadInput(f"{wanted}; {cleaned!r} has no time zone.")
    return moment


def day(moment: datetime | None) -> str:
    """Format a date, such as ``4 May 2026``; "undated" for None."""
    return "undated" if moment is None else f"{moment.day} {moment:%B %Y}"


def day_and_time(moment: datetime | None) -> str:
    """Format a date and, unless it is the start or end of a day, the time in UTC."""
    if moment is None:
        return "undated"
    utc = moment.astimezone(UTC)
    if utc.time() in {time.min, time.max}:
        return day(utc)
    return f"{day(utc)}, {utc:%H:%M} UTC"
