from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from test_ui.fakes_ui import answer, article, cite, claim

from index.types import Article, Chunk, Question, ScoredChunk, Span
from rag.types import Answer, Trace
from ui import page_words
from ui.exchange import Exchange
from ui.render import exchange_html
from ui.timeline import APART, STORY, timeline


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 5, day, hour, tzinfo=UTC)


def found(one: Article) -> ScoredChunk:
    return ScoredChunk(
        Chunk(f"{one.id}-0", one.id, 0, Span(0, 4), "Text", one.title, outlet=one.outlet, published=one.published),
        0.5,
    )


def told(cited: list[Article], retrieved: list[Article]) -> Answer:
    citations = [cite(one, "Text", number) for number, one in enumerate(cited, start=1)]
    made = answer("?", [claim("Text.", 1)], citations)
    trace = Trace("?", tuple(found(one) for one in retrieved))
    return Answer(made.question, made.claims, made.citations, (), (), made.as_of, trace)


POST = article("p", "Text", outlet="Post", published=at(1))
LATER = article("q", "Text", outlet="Post", published=at(5))
LEDGER = article("l", "Text", outlet="Ledger", published=at(3))
OLD = article("u", "Text", outlet=None, published=None)


def test_articles_are_placed_by_outlet_and_day_and_cited_ones_carry_their_numbers() -> None:
    story = timeline(told([LATER], [POST, LEDGER, LATER, LATER]))
    assert story is not None
    # Five days from 1 to 5 May: each takes a fifth of the width and starts at midnight.
    assert [(lane.outlet, [(mark.article_id, mark.at, mark.cited) for mark in lane.marks]) for lane in story.lanes] == [
        ("Post", [("p", 0.0, ()), ("q", 80.0, (1,))]),
        ("Ledger", [("l", 40.0, ())]),
    ]
    assert [tick.name for tick in story.ticks] == ["1 May", "2 May", "3 May", "4 May", "5 May"]
    assert page_words.story(story.marks) == "3 articles found, 1 cited"


def test_undated_articles_are_listed_separately() -> None:
    story = timeline(told([POST], [OLD, POST]))
    assert story is not None
    assert [mark.article_id for mark in story.undated] == ["u"]
    assert "Undated</span>" in exchange_html(Exchange(1, Question("?"), reply=told([POST], [OLD])))


def test_a_story_of_undated_articles_only_has_no_axis() -> None:
    story = timeline(told([OLD], [article("v", "Text", published=None)]))
    assert story is not None
    assert (story.lanes, story.ticks, len(story.undated)) == ((), (), 2)


def test_a_single_article_has_no_timeline() -> None:
    assert timeline(told([POST], [POST])) is None


def test_low_ranked_articles_are_left_out_of_the_timeline_unless_cited() -> None:
    many = [article(f"n{number}", "Text", published=at(1)) for number in range(STORY)]
    story = timeline(told([LATER], [*many, LEDGER, LATER]))
    assert story is not None
    ids = {mark.article_id for mark in story.marks}
    assert "l" not in ids
    assert "q" in ids


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 5_000), min_size=2, max_size=STORY))
def test_marks_never_overlap_and_stay_inside_the_plot(hours: list[int]) -> None:
    sources = [
        article(f"a{number}", "Text", outlet="Post", published=at(1) + timedelta(hours=hour))
        for number, hour in enumerate(hours)
    ]
    story = timeline(told(sources[:1], sources))
    assert story is not None
    marks = [mark for lane in story.lanes for mark in lane.marks]
    assert len(marks) == len(sources)
    assert all(0 <= mark.at < 100 for mark in marks)
    for one in marks:
        for other in marks:
            assert one is other or one.level != other.level or abs(one.at - other.at) >= APART


def test_the_accessible_name_of_a_mark_has_day_outlet_headline_and_citation() -> None:
    story = timeline(told([LATER], [POST, LATER]))
    assert story is not None
    assert [page_words.mark_label(mark) for mark in story.marks] == [
        "1 May 2026, Post: Headline of p. Found, not cited",
        "5 May 2026, Post: Headline of q. Cited as source 1",
    ]
