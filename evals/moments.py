"""Reads the dates of cases, feedback and variants: a bare day is a whole day in UTC, a time of day needs a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import BeforeValidator


def _from_day(value: object) -> object:
    """A bare day means its first moment in UTC; a time of day needs a zone."""
    return _moment(value, time.min)


def _to_day(value: object) -> object:
    """A bare day means its last moment in UTC, as on the command line."""
    return _moment(value, time.max)


def last_moment(text: str) -> datetime:
    """The moment that an ISO 8601 text names; a bare day means its last moment in UTC.

    Raises:
        ValueError: the text is not a date, or it has a time of day without a zone.
    """
    found = _to_day(text)
    if not isinstance(found, datetime):
        raise ValueError(f"{text!r} is not a date")  # noqa: TRY004  (the value is wrong, not its type)
    return found


def _moment(value: object, edge: time) -> object:
    if not isinstance(value, str):
        return value
    try:
        return datetime.combine(date.fromisoformat(value), edge, UTC)
    except ValueError:
        moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"{value!r} needs a time zone, such as {value}+00:00")
    return moment


First = Annotated[datetime, BeforeValidator(_from_day)]
"""The start of a range; a bare day means its first moment in UTC."""
Last = Annotated[datetime, BeforeValidator(_to_day)]
"""The end of a range, or the moment a question is asked as of; a bare day means its last moment in UTC."""
