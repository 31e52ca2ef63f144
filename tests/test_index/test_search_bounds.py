"""Search results, the filters of a question, and that articles outside the filters have no effect."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from test_index.fakes_archive import DAY, article, open_archive

from index import search as search_module
from index.archive import Archive
from index.bounds import Bounds
from index.errors import BadInput
from index.types import Article, Question

SIZE = 60


def _day(number: float) -> datetime:
    return DAY + timedelta(days=number)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    undated = [article(100 + number, published=None) for number in range(4)]
    with open_archive(tmp_path_factory.mktemp("archive")) as opened:
        opened.sync([*(article(number) for number in range(SIZE)), *undated])
        yield opened


def _ids(archive: Archive, question: Question, limit: int = 200) -> set[str]:
    return {hit.chunk.article_id for hit in archive.search(question, limit)}


@pytest.mark.parametrize("number", [3, 17, 42])
def test_rare_names_and_numbers_are_found(archive: Archive, number: int) -> None:
    assert archive.search(Question(f"Agency{number}"), 1)[0].chunk.article_id == f"a{number}"
    people = archive.search(Question(f"Who counted {number * 37 + 5}?"), 3)
    assert f"a{number}" in {hit.chunk.article_id for hit in people}


def test_results_are_sorted_by_score_and_limited(archive: Archive) -> None:
    hits = archive.search(Question("Officials said people waited"), 7)
    scores = [hit.score for hit in hits]
    assert len(hits) == 7
    assert scores == sorted(scores, reverse=True)
    assert archive.search(Question("Officials"), 0) == []


def test_the_text_of_every_result_is_the_exact_text_of_its_span(archive: Archive) -> None:
    hits = archive.search(Question("Officials denied the risk"), 30)
    assert len(hits) == 30
    for hit in hits:
        assert hit.chunk.span.of(archive.article(hit.chunk.article_id).text) == hit.chunk.text


def test_as_of_hides_later_and_undated_articles(archive: Archive) -> None:
    assert _ids(archive, Question("Officials said", as_of=_day(9))) == {f"a{number}" for number in range(10)}


def test_an_article_updated_later_is_hidden_until_its_update(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([article(1, updated=_day(20)), article(2)])
        assert _ids(archive, Question("Officials", as_of=_day(10))) == {"a2"}
        assert _ids(archive, Question("Officials", as_of=_day(20))) == {"a1", "a2"}
        assert _ids(archive, Question("Officials", since=_day(1), until=_day(1))) == {"a1"}


def test_since_and_until_limit_the_publication_date_inclusively(archive: Archive) -> None:
    assert _ids(archive, Question("Officials said", since=_day(5), until=_day(7))) == {"a5", "a6", "a7"}
    assert _ids(archive, Question("Officials said", since=_day(5.5), until=_day(7))) == {"a6", "a7"}
    assert _ids(archive, Question("Officials said", since=_day(7), until=_day(5))) == set()


def test_bounds_compare_times_across_time_zones(archive: Archive) -> None:
    east = timezone(timedelta(hours=5))
    assert "a5" in _ids(archive, Question("Officials", as_of=_day(5).astimezone(east)))
    just_before = (_day(5) - timedelta(microseconds=1)).astimezone(east)
    assert "a5" not in _ids(archive, Question("Officials", as_of=just_before))


@pytest.mark.parametrize("outlet", ["Radio Nord", " radio NORD "])
def test_outlets_are_compared_ignoring_case(archive: Archive, outlet: str) -> None:
    found = _ids(archive, Question("Officials said", outlets=(outlet,)))
    assert found == {f"a{number}" for number in [*range(1, SIZE, 2), 101, 103]}


def test_an_unknown_outlet_finds_nothing(archive: Archive) -> None:
    assert archive.search(Question("Officials", outlets=("The Moon",)), 5) == []


def test_all_filters_apply_together(archive: Archive) -> None:
    question = Question("Officials", as_of=_day(30), since=_day(10), until=_day(40), outlets=("the courier",))
    assert _ids(archive, question) == {f"a{number}" for number in range(10, 31, 2)}


def test_a_date_without_a_time_zone_is_rejected(archive: Archive) -> None:
    with pytest.raises(BadInput, match="as_of is 2026-03-01T00:00:00, which has no time zone"):
        archive.search(Question("x", as_of=datetime(2026, 3, 1)), 1)  # noqa: DTZ001


def test_coverage_describes_what_a_question_may_see(archive: Archive) -> None:
    everything = archive.coverage(Question(""))
    assert (everything.articles, everything.undated) == (SIZE + 4, 4)
    assert everything.outlets == ("Radio Nord", "The Courier")
    part = archive.coverage(Question("", as_of=_day(9), outlets=("radio nord",)))
    assert (part.articles, part.oldest, part.newest, part.outlets, part.undated) == (
        5,
        _day(1),
        _day(9),
        ("Radio Nord",),
        0,
    )
    nothing = archive.coverage(Question("", until=_day(-1)))
    assert (nothing.articles, nothing.oldest, nothing.newest) == (0, None, None)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=60))
@example("")
@example(" \n\t")
@example("the of and is who what")
@example('body:"x" AND (a OR [b TO *]) NOT ~2 ^3 +/-\\ {!} /re.*/ *:*')
@example("😀🇫🇷👩‍👩‍👧")
@example("half a pair \ud83d\x00")
@example("北京 こんにちは مرحبا")
@example("word " * 2000)
@example("x" * 10_000)
@example(" ".join(f"w{number}" for number in range(3000)))
def test_any_text_is_a_question(archive: Archive, text: str) -> None:
    for bounds in ({}, {"as_of": _day(9)}):
        hits = archive.search(Question(text, **bounds), 5)  # type: ignore[arg-type]
        assert len(hits) <= 5
        assert bool(hits) == bool(text.strip())


_LATER = st.lists(
    st.tuples(st.integers(0, SIZE - 1), st.integers(61, 90), st.booleans()),
    min_size=1,
    max_size=6,
    unique_by=lambda t: t[0],
)


@settings(max_examples=10, deadline=None)
@given(later=_LATER)
def test_later_articles_do_not_affect_results_as_of_an_earlier_time(
    tmp_path_factory: pytest.TempPathFactory, later: list[tuple[int, int, bool]]
) -> None:
    questions = [
        Question(text, as_of=_day(40)) for text in ("Officials said people waited", "Town7 ferry closed", "risk denied")
    ]
    with open_archive(tmp_path_factory.mktemp("archive")) as archive:
        archive.sync(article(number) for number in range(0, SIZE, 2))
        before = [archive.search(question, 20) for question in questions]
        covered = [archive.coverage(question) for question in questions]
        # Later articles: verbatim reprints, and others that change how common some words are.
        archive.sync(
            article(
                1000 + number,
                article(number).text if reprint else f"Officials waited. Ferry ferry Town{number}.",
                published=_day(day),
                outlet=f"Later {number}",
            )
            for number, day, reprint in later
        )
        assert [archive.search(question, 20) for question in questions] == before
        assert [archive.coverage(question) for question in questions] == covered


@pytest.mark.parametrize("word", ["ferry", "quarry"])
def test_a_word_that_becomes_common_later_keeps_its_weight_as_of_an_earlier_time(tmp_path: Path, word: str) -> None:
    question = Question("ferry quarry", as_of=_day(5))
    with open_archive(tmp_path) as archive:
        archive.sync([article(1, "The ferry is here."), article(2, "The quarry is near.")])
        before = archive.search(question, 5)
        archive.sync(article(number, f"One more {word}.", published=_day(number)) for number in range(10, 40))
        assert archive.search(question, 5) == before


def test_reprints_are_one_result_that_names_the_others(tmp_path: Path) -> None:
    wire = "Rebels  shelled\nthe “old” bridge on Monday."
    copies = [
        article(1, wire, published=_day(3)),
        article(2, wire.replace("“", '"').replace("”", '"').replace("  ", " "), published=_day(1)),
        article(3, wire.upper(), published=None),
        article(4, f"Elsewhere.\n\n{wire}", published=_day(2)),
    ]
    with open_archive(tmp_path) as archive:
        archive.sync([*copies, *(article(number) for number in range(10, 20))])

        def places(**bounds: datetime) -> dict[str, tuple[str, ...]]:
            found = archive.search(Question("rebels shelled the bridge", **bounds), 5)  # type: ignore[arg-type]
            wire = [hit for hit in found if "shelled" in hit.chunk.text.lower()]
            return {hit.chunk.article_id: (*hit.also_in, *(each.article_id for each in hit.reprints)) for hit in wire}

        # a4's chunk contains more text, so it is a separate result, but it is also listed under a2.
        assert places() == {"a2": ("a4", "a1", "a3"), "a4": ("a2", "a1", "a3")}
        assert places(as_of=_day(2)) == {"a2": ("a4",), "a4": ("a2",)}
        assert places(since=_day(1.5)) == {"a4": ("a1",)}
        assert places(since=_day(2.5)) == {"a1": ()}


def test_a_paragraph_repeated_in_one_article_is_one_result(tmp_path: Path) -> None:
    line = "Sign up for our newsletter " + "today and every day " * 8 + "please."
    with open_archive(tmp_path) as archive:
        archive.sync([Article("twice", None, f"{line}\n\nSomething {'else ' * 40}.\n\n{line}")])
        hits = [hit for hit in archive.search(Question("newsletter"), 5) if "newsletter" in hit.chunk.text]
        assert [(hit.chunk.ordinal, hit.also_in) for hit in hits] == [(0, ())]


def test_many_copies_do_not_crowd_out_other_articles(tmp_path: Path) -> None:
    with open_archive(tmp_path, candidates=5) as archive:
        reprints = [article(number, "The ferry sank in the harbour at night.", title="Ferry") for number in range(60)]
        others = [article(100 + number, f"A ferry was late on line {number}.") for number in range(5)]
        archive.sync([*reprints, *others])
        hits = archive.search(Question("ferry sank harbour night"), 5)
        assert len(hits) == 5
        assert len(hits[0].also_in) == 59


def test_one_article_does_not_fill_the_top_results(tmp_path: Path) -> None:
    long = " ".join(f"The ferry strike on line {number} goes on {'and on ' * 10}." for number in range(30))
    short = [article(number, f"The ferry strike reached Port{number}.") for number in range(1, 4)]
    with open_archive(tmp_path) as archive:
        archive.sync([article(0, long), *short])
        first = [hit.chunk.article_id for hit in archive.search(Question("ferry strike"), 5)]
        assert set(first) == {"a0", "a1", "a2", "a3"}


def test_filtered_search_through_chroma_finds_what_exact_search_finds(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    filters = [
        {"as_of": _day(20)},
        {"since": _day(10)},
        {"until": _day(30)},
        {"outlets": ("radio nord",)},
        {"as_of": _day(30), "since": _day(3), "outlets": ("the courier", "unknown")},
    ]
    questions = [Question("Town7 officials denied", **bounds) for bounds in filters]  # type: ignore[arg-type]
    exact = [archive.search(question, 10) for question in questions]
    monkeypatch.setattr(search_module, "EXACT_BELOW", 0)
    assert [archive.search(question, 10) for question in questions] == exact


def test_exact_search_is_the_sorted_dot_product(archive: Archive) -> None:
    catalog = archive._catalog
    ids = catalog.chunk_ids()
    vectors = np.stack([entry.vector for entry in catalog.entries(ids)])
    question = vectors[5]
    oracle = sorted(zip(ids, np.round(vectors @ question, 6), strict=True), key=lambda pair: (-pair[1], pair[0]))[:10]
    found = search_module.nearest(question, catalog.view(Bounds()).vector_blocks(), 10)
    assert [chunk for chunk, _ in found] == [chunk for chunk, _ in oracle]


def test_reciprocal_rank_fusion_matches_a_calculation_by_hand() -> None:
    scores = search_module.fuse([["x", "y"], ["y", "z"]])
    assert scores == {"x": 1 / 61, "y": 1 / 62 + 1 / 61, "z": 1 / 62}


def test_bounds_are_exact_to_the_microsecond() -> None:
    moment = datetime(2026, 7, 1, 12, 30, 15, 123457, tzinfo=UTC)
    assert Bounds.of(Question("", as_of=moment)).known_by == 1782909015123457
