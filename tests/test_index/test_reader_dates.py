"""Dates that are stated unambiguously are parsed; dates that would have to be guessed are rejected."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import UnclearDate, parse_date


def at(hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 5, 4, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "2026-05-04",
        "2026/05/04",
        "2026/5/4",
        "2026.05.04",
        "20260504",
        " 2026-05-04\n",
        "4 May 2026",
        "04 MAY 2026",
        "4th of May 2026",
        "4-May-2026",
        "May 4, 2026",
        "May 4th 2026",
        "Monday, 4 May 2026",
        "Mon May 4, 2026",
        "2026-05-04T00:00:00Z",
        "4 May 2026, 12 a.m.",
    ],
)
def test_a_day_without_a_time_is_midnight_utc(words: str) -> None:
    assert parse_date(words) == at()


@pytest.mark.parametrize(
    "words",
    [
        "2026-05-04T18:00:00Z",
        "2026-05-04T18:00:00.000Z",
        "20260504T180000Z",
        "2026-05-04T20:00+02:00",
        "2026-05-04 13:00:00 -0500",
        "2026-05-04 18:00",
        "2026-05-04 21:00 UTC+3",
        "Mon, 04 May 2026 18:00:00 GMT",
        "Mon, 04 May 2026 14:00:00 EDT",
        "Mon, 04 May 2026 23:30:00 +0530",
        "4 May 2026, 18:00 UTC",
        "4 May 2026 at 6 p.m.",
        "May 4, 2026, 2:00 PM EDT",
        "2:00 PM EDT, Mon May 4, 2026",
        "18:00 UTC, 4 May 2026",
        "18.00 on 4 May 2026",
        "18:00 May 4, 2026",
    ],
)
def test_a_stated_zone_is_used_and_a_missing_one_is_utc(words: str) -> None:
    assert parse_date(words) == at(18)


@pytest.mark.parametrize("words", ["03/04/2026", "3.4.2026", "03-04-2026 10:00", "Mon 3/4/2026"])
def test_an_ambiguous_date_is_rejected_and_both_readings_are_named(words: str) -> None:
    with pytest.raises(UnclearDate, match="2026-04-03 or 2026-03-04"):
        parse_date(words)


@pytest.mark.parametrize(("words", "day"), [("13/04/2026", date(2026, 4, 13)), ("3/3/2026", date(2026, 3, 3))])
def test_an_unambiguous_numeric_date_is_read(words: str, day: date) -> None:
    assert parse_date(words).date() == day


@pytest.mark.parametrize(
    "words",
    [
        "",
        "today",
        "Friday",
        "4 May",
        "May 2026",
        "2026",
        "2026-05",
        "2026-W19",
        "4 May 26",
        "10:30",
        "2026-02-30",
        "2026-13-01",
        "31 April 2026",
        "2026-05-04T24:00",
        "2026-05-04T18:61",
        "4 May 2026 13 p.m.",
        "4 May 2026 18",
        "4 May 2026 and more",
        "1777917600",
        "https://varn.example/2026/05/04/dam",
        "0001-01-01T00:00+14:00",
        "2026-05-04 " * 20,
    ],
)
def test_what_does_not_state_one_real_day_is_rejected(words: str) -> None:
    with pytest.raises(UnclearDate):
        parse_date(words)


@pytest.mark.parametrize("zone", ["BST", "IST", "ET", "XYZ"])
def test_an_ambiguous_zone_is_rejected_by_name(zone: str) -> None:
    with pytest.raises(UnclearDate, match=zone):
        parse_date(f"4 May 2026 18:00 {zone}")


@given(
    st.datetimes(min_value=datetime(1000, 1, 2), max_value=datetime(9999, 12, 30)),  # noqa: DTZ001
    st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
)
def test_every_date_written_by_the_standard_library_is_read_back(naive: datetime, zone: timezone) -> None:
    moment = naive.replace(tzinfo=zone)
    assert parse_date(moment.isoformat()) == moment
    assert parse_date(f"{moment:%A, %d %B} {moment.year:04}, {moment:%H:%M:%S %z}") == moment.replace(microsecond=0)
    assert parse_date(format_datetime(moment)) == moment.replace(microsecond=0)


@given(st.text())
def test_any_text_is_parsed_or_raises_unclear_date(words: str) -> None:
    with suppress(UnclearDate):
        assert parse_date(words).tzinfo is UTC
