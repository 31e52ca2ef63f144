"""Search results are ranked by their age at the moment asked about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Chunk, Question, ScoredChunk, Span
from rag.recency import recent_first

DAY = datetime(2026, 5, 4, tzinfo=UTC)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _found(*days: int | None, since: datetime = DAY) -> list[ScoredChunk]:
    """A chunk for each age, in days before ``since``; None for an undated one."""
    return [
        ScoredChunk(
            Chunk(str(n), str(n), 0, Span(0, 4), "Text", published=None if age is None else since - timedelta(age)), 1.0
        )
        for n, age in enumerate(days)
    ]


def _order(question: Question, found: list[ScoredChunk]) -> list[str]:
    return [one.chunk.id for one in recent_first(found, question, NOW)]


def test_as_of_a_day_articles_that_were_new_then_come_before_old_ones() -> None:
    assert _order(Question("Who resigned?", as_of=DAY), _found(400, 350, 2)) == ["2", "0", "1"]


def test_without_a_reference_date_the_order_of_the_search_is_kept() -> None:
    assert _order(Question("Who resigned?"), _found(400, 350, 2)) == ["0", "1", "2"]


@pytest.mark.parametrize("question", ["Who resigned this week?", "What is the latest toll?", "Who is mayor now?"])
def test_a_question_about_the_present_is_asked_as_of_now(question: str) -> None:
    assert _order(Question(question), _found(400, 350, 2, since=NOW)) == ["2", "0", "1"]


@pytest.mark.parametrize("question", ["Who resigned in 2019?", "What fell on 3 May?", "Who won in the 1990s?"])
def test_a_question_that_names_a_date_does_not_seek_the_newest(question: str) -> None:
    assert _order(Question(question, as_of=DAY), _found(400, 350, 2)) == ["0", "1", "2"]


def test_in_an_old_archive_differences_in_age_hardly_count() -> None:
    years = 365 * 4
    assert _order(Question("Who resigned this week?"), _found(years + 60, years, years + 30, since=NOW)) == [
        "0",
        "1",
        "2",
    ]


def test_an_undated_article_is_neither_favoured_nor_put_last() -> None:
    assert _order(Question("Who resigned?", as_of=DAY), _found(90, None, 90, 4)) == ["3", "0", "1", "2"]


@given(st.lists(st.none() | st.integers(0, 4000), max_size=40))
def test_no_result_is_lost_and_equal_ages_keep_their_order(days: list[int | None]) -> None:
    found = _found(*days)
    ordered = recent_first(found, Question("Who resigned?", as_of=DAY), NOW)
    assert sorted(one.chunk.id for one in ordered) == sorted(one.chunk.id for one in found)
    for age in {age for age in days if age is not None}:
        same = [int(one.chunk.id) for one in ordered if one.chunk.published == DAY - timedelta(age)]
        assert same == sorted(same)
