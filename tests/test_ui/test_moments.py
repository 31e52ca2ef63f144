from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import BadInput
from ui.moments import DayEdge, day, day_and_time, parse_moment


def test_a_bare_date_is_the_end_or_the_start_of_that_day_in_utc() -> None:
    assert parse_moment("2026-05-04", DayEdge.END, "x") == datetime(2026, 5, 4, 23, 59, 59, 999999, tzinfo=UTC)
    assert parse_moment("2026-05-04", DayEdge.START, "x") == datetime(2026, 5, 4, tzinfo=UTC)


def test_a_time_with_its_zone_is_exactly_that_moment() -> None:
    assert parse_moment("2026-05-04T18:00Z", DayEdge.END, "x") == datetime(2026, 5, 4, 18, tzinfo=UTC)
    assert parse_moment(" 2026-05-04T18:00+02:00 ", DayEdge.END, "x") == datetime(2026, 5, 4, 16, tzinfo=UTC)


@pytest.mark.parametrize("text", ["tomorrow", "2026-13-01", "04/05/2026", "2026-02-30", "", "9999999-01-01"])
def test_an_invalid_date_is_rejected_with_an_example_of_a_valid_one(text: str) -> None:
    with pytest.raises(BadInput, match="--as-of needs a date such as 2026-05-04"):
        parse_moment(text, DayEdge.END, "--as-of")


def test_a_time_without_a_zone_is_refused_because_it_could_be_any_of_many_moments() -> None:
    with pytest.raises(BadInput, match="has no time zone"):
        parse_moment("2026-05-04T18:00", DayEdge.END, "--as-of")


@settings(max_examples=50)
@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)), st.integers(-12, 12))  # noqa: DTZ001
def test_every_time_with_a_zone_reads_back_as_itself(naive: datetime, hours: int) -> None:
    moment = naive.replace(tzinfo=timezone(timedelta(hours=hours)))
    assert parse_moment(moment.isoformat(), DayEdge.START, "x") == moment


def test_dates_for_people_leave_out_the_time_where_only_a_day_is_known() -> None:
    assert day(datetime(2026, 5, 4, 18, 30, tzinfo=UTC)) == "4 May 2026"
    assert day_and_time(datetime(2026, 5, 4, tzinfo=UTC)) == "4 May 2026"
    assert day_and_time(parse_moment("2026-05-04", DayEdge.END, "x")) == "4 May 2026"
    assert day_and_time(datetime(2026, 5, 4, 1, 30, tzinfo=timezone(timedelta(hours=2)))) == "3 May 2026, 23:30 UTC"
    assert day(None) == day_and_time(None) == "undated"
