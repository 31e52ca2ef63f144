"""Copies of an earlier article are neither ranked nor counted, but are listed with the original."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_index.fakes_archive import DAY, WORDS, article, open_archive

from index.archive import Archive
from index.bounds import Bounds
from index.chunking import embedded_text, searched_text
from index.errors import UnknownArticle
from index.types import Article, Question, ScoredChunk


def _day(number: float) -> datetime:
    return DAY + timedelta(days=number)


def _story(seed: int, sentences: int = 9) -> list[str]:
    """Paragraphs of three sentences; stories with different seeds share no text."""
    dice = random.Random(seed)  # noqa: S311  (the same each time)
    found = [
        f"The {dice.choice(WORDS)} near the {dice.choice(WORDS)} of Town{seed} cost {dice.randint(10, 99)} crowns and "
        f"the {dice.choice(WORDS)} stayed shut for {dice.randint(2, 9)} days, said Agent{seed}x{number}."
        for number in range(sentences)
    ]
    return [" ".join(found[at : at + 3]) for at in range(0, sentences, 3)]


WIRE = article(1, "\n\n".join(_story(1)), published=_day(1), title="The wire's headline", outlet="Wire")
CUT = replace(WIRE, id="cut", text="\n\n".join(_story(1)[:2]), published=_day(2), outlet="Courier", title="Shorter")
LOCAL = replace(
    WIRE,
    id="local",
    text=f"{WIRE.text}\n\nMayor Ida Brandt of Ostvale called it a disgrace, and {'so ' * 60}on.",
    published=_day(3),
    outlet="Ostvale Echo",
)
UPDATE = replace(WIRE, id="update", text=WIRE.text.replace(" crowns", "0 crowns"), published=_day(4))
EDITED = replace(WIRE, id="edited", text=WIRE.text.replace(", said", ", told reporters"), title=None, published=_day(5))
RIVAL = article(7, "\n\n".join(_story(7)), published=_day(2))
ALL = [WIRE, CUT, LOCAL, UPDATE, EDITED, RIVAL]
QUESTION = "What did the crowns of Town1 cost, said Agent1x1?"


def _found(archive: Archive, **bounds: Any) -> list[ScoredChunk]:
    return archive.search(Question(QUESTION, **bounds), 50)


def _articles(found: Sequence[ScoredChunk]) -> set[str]:
    return {hit.chunk.article_id for hit in found}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with open_archive(tmp_path_factory.mktemp("archive")) as opened:
        opened.sync(ALL)
        yield opened


def test_reprints_abridgements_and_light_edits_are_listed_with_the_wire_story(archive: Archive) -> None:
    found = _found(archive)
    assert _articles(found) == {"a1", "local", "update", "a7"}
    first = [hit for hit in found if hit.chunk.article_id == "a1" and "Agent1x1" in hit.chunk.text]
    assert first
    assert {"cut", "edited", "local"} <= set(first[0].printed_in)
    assert "update" not in first[0].printed_in


def test_an_updated_figure_is_a_separate_result_in_the_same_story(archive: Archive) -> None:
    (updated,) = [hit for hit in _found(archive) if hit.chunk.article_id == "update" and "Agent1x1" in hit.chunk.text]
    assert "0 crowns" in updated.chunk.text
    assert not updated.printed_in
    assert "a1" in updated.same_story


def test_text_that_a_reprint_adds_is_found(archive: Archive) -> None:
    assert any("Ida Brandt" in hit.chunk.text for hit in _found(archive) if hit.chunk.article_id == "local")


def test_text_that_a_reprint_adds_is_a_chunk_without_the_copied_text_and_headline(tmp_path: Path) -> None:
    with open_archive(tmp_path, max_tokens=200) as archive:
        archive.sync([WIRE, LOCAL, replace(LOCAL, id="named", title="Ostvale is angry", published=_day(6))])
        theirs = [hit.chunk.text for hit in _found(archive, outlets=("Ostvale Echo",))]
        own = [hit.chunk for hit in _found(archive) if hit.chunk.article_id != "a1"]
        size = archive._catalog.view(Bounds()).own_size()
        archive.remove(["local", "named"])
        assert archive._catalog.view(Bounds()).own_size() == size
    assert [(chunk.article_id, chunk.headed) for chunk in own] == [("local", False)]
    assert own[0].text.startswith("Mayor Ida Brandt")
    assert any("Agent1x1" in text for text in theirs)
    assert embedded_text(own[0]) == searched_text(own[0], LOCAL.text) == own[0].text


def test_text_that_a_reprint_adds_under_its_own_headline_is_headed(tmp_path: Path) -> None:
    with open_archive(tmp_path, max_tokens=200) as archive:
        archive.sync([WIRE, replace(LOCAL, title="Ostvale is angry")])
        own = [hit.chunk for hit in _found(archive) if hit.chunk.article_id == "local"]
    assert [chunk.headed for chunk in own] == [True]
    assert own[0].text.startswith("Mayor Ida Brandt")


def test_a_copy_is_split_again_when_its_original_is_added_or_removed_later(tmp_path: Path) -> None:
    def spans() -> list[Any]:
        cut = "SELECT start, stop, headed FROM chunks c JOIN articles a ON a.row = c.article WHERE a.id = 'local'"
        return _rows(tmp_path, cut)

    with open_archive(tmp_path, max_tokens=200) as archive:
        archive.sync([LOCAL])
        whole = spans()
        archive.sync([WIRE])
        assert (len(WIRE.text) + 2, len(LOCAL.text), 0) in spans()
        assert archive.check() == []
        archive.remove(["a1"])
        assert spans() == whole
        archive.sync([WIRE, replace(LOCAL, text="\n\n".join(_story(9)))])
        assert {headed for _, _, headed in spans()} == {1}
        assert archive.check() == []


def test_a_sync_stopped_before_copies_were_split_again_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_archive(tmp_path, max_tokens=200) as archive:
        monkeypatch.setattr("index.sync.recut", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            archive.sync([WIRE, LOCAL])
        monkeypatch.undo()
        archive.sync([])
        assert any(not hit.chunk.headed for hit in _found(archive))
        assert archive.check() == []


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def test_only_the_sentences_in_an_abridgement_are_listed_as_reprinted(tmp_path: Path) -> None:
    with open_archive(tmp_path, max_tokens=400) as archive:
        archive.sync([WIRE, CUT])
        (whole,) = [hit for hit in _found(archive) if hit.chunk.text == WIRE.text]
    (held,) = whole.reprints
    assert (held.article_id, whole.also_in) == ("cut", ())
    assert "".join(span.of(WIRE.text) for span in held.spans).split() == CUT.text.split()


def test_the_earliest_visible_article_represents_its_copies(archive: Archive) -> None:
    assert _articles(_found(archive, since=_day(1.5))) >= {"cut", "local"}
    late = _found(archive, since=_day(4.5))
    assert _articles(late) == {"edited"}
    assert not any(hit.printed_in or hit.same_story for hit in late)


@pytest.mark.parametrize("day", [1, 2, 3, 4, 5])
def test_articles_known_later_are_not_listed_with_a_passage(archive: Archive, day: int) -> None:
    known = {each.id for each in ALL if each.published and each.published <= _day(day)}
    for hit in _found(archive, as_of=_day(day)):
        assert {hit.chunk.article_id, *hit.printed_in, *hit.same_story} <= known


def test_an_earlier_article_added_later_becomes_the_original(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([EDITED])
        assert _articles(_found(archive)) == {"edited"}
        archive.sync([WIRE])
        assert _articles(_found(archive)) == {"a1"}
        archive.remove(["a1"])
        assert _articles(_found(archive)) == {"edited"}
        assert not any(hit.printed_in for hit in _found(archive))
        archive.remove(["edited"])
        for table in ("wordings", "prints", "kin", "echoes"):
            assert not _rows(tmp_path, f"SELECT * FROM {table}")  # noqa: S608
        assert archive.check() == []
        with pytest.raises(UnknownArticle):
            archive.article("a1")


def test_a_new_version_with_another_text_is_no_longer_a_reprint(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync([WIRE, EDITED])
        archive.sync([replace(EDITED, text="\n\n".join(_story(9)))])
        assert _articles(_found(archive)) == {"a1", "edited"}
        archive.sync([EDITED])
        assert _articles(_found(archive)) == {"a1"}


STATE = {
    "echo": "SELECT a.id, c.ordinal, c.echo FROM chunks c JOIN articles a ON a.row = c.article ORDER BY 1, 2",
    "cut": "SELECT id, parts, cut FROM articles ORDER BY 1",
    "own": "SELECT id, own_chunks, own_characters FROM articles ORDER BY 1",
    "kin": """SELECT a.id, b.id, same_story FROM kin JOIN articles a ON a.wording = one JOIN articles b
              ON b.wording = other ORDER BY 1, 2""",
    "prints": "SELECT a.id, print FROM prints p JOIN articles a ON a.wording = p.wording ORDER BY 1, 2",
}


def _rows(folder: Path, query: str) -> list[Any]:
    with sqlite3.connect(folder / "catalog.sqlite") as db:
        return db.execute(query).fetchall()


@settings(max_examples=5)
@given(steps=st.lists(st.tuples(st.sampled_from(range(len(ALL))), st.booleans()), max_size=8))
def test_the_links_do_not_depend_on_the_order_of_changes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, bool]]
) -> None:
    lived, fresh = tmp_path_factory.mktemp("lived"), tmp_path_factory.mktemp("fresh")
    held: dict[str, Article] = {}
    with open_archive(lived) as archive:
        for number, goes in steps:
            one = ALL[number]
            if goes and one.id in held:
                archive.remove([one.id])
                del held[one.id]
            else:
                changed = replace(one, text=one.text.replace(" days", " weeks")) if one.id in held else one
                archive.sync([changed])
                held[one.id] = changed
    with open_archive(fresh) as archive:
        archive.sync([each for each in ALL if each.id in held] and list(held.values()))
    for query in STATE.values():
        assert _rows(lived, query) == _rows(fresh, query)


@settings(max_examples=5)
@given(
    copied=st.lists(st.tuples(st.integers(0, 11), st.sampled_from("rcel"), st.integers(0, 40)), max_size=12),
    as_of=st.none() | st.integers(1, 50),
)
def test_copies_do_not_change_search_results(
    tmp_path_factory: pytest.TempPathFactory, copied: list[tuple[int, str, int]], as_of: int | None
) -> None:
    stories = [article(n, "\n\n".join(_story(n)), published=_day(n)) for n in range(12)]
    copies = [_copy(stories[number], kind, later, n) for n, (number, kind, later) in enumerate(copied)]
    asked = [
        Question(text, as_of=None if as_of is None else _day(as_of))
        for text in (QUESTION, "harbour ferry shut for 3 days", "Town5 crowns bridge", "Agent7x2")
    ]
    with open_archive(tmp_path_factory.mktemp("archive"), candidates=6) as archive:
        archive.sync(stories)
        before = [[(hit.chunk, hit.score) for hit in archive.search(question, 8)] for question in asked]
        archive.sync(copies)
        for question, was in zip(asked, before, strict=True):
            found = [(hit.chunk, hit.score) for hit in archive.search(question, 8)]
            kept = [(chunk, score) for chunk, score in found if "~" not in chunk.article_id]
            assert kept == was[: len(kept)]
            assert all("ferry line" in chunk.text for chunk, _ in found if "~" in chunk.article_id)
            assert len(kept) == len(was) or len(found) == 8


def _copy(one: Article, kind: str, later: int, number: int) -> Article:
    texts = {
        "r": one.text,
        "c": "\n\n".join(one.text.split("\n\n")[:2]),
        "e": one.text.replace(", said", ", told reporters"),
        "l": f"{one.text}\n\nThe harbour ferry line number {number} of the bridge opens soon.",
    }
    title = one.title if kind == "l" else f"Other {number}"
    published = (one.published or DAY) + timedelta(hours=later)
    return replace(one, id=f"{one.id}~{number}", text=texts[kind], title=title, published=published)


def test_an_archive_of_the_first_format_is_upgraded_when_opened(tmp_path: Path) -> None:
    with open_archive(tmp_path) as archive:
        archive.sync(ALL)
        before = _found(archive)
    after_state = {name: _rows(tmp_path, query) for name, query in STATE.items()}
    _to_first_format(tmp_path)
    with open_archive(tmp_path) as archive:
        assert _articles(_found(archive)) == {hit.chunk.article_id for hit in before}
        archive.sync([])  # splits articles again whose parts changed
        assert _found(archive) == before
        assert archive.check() == []
    assert {name: _rows(tmp_path, query) for name, query in STATE.items()} == after_state


def _to_first_format(folder: Path) -> None:
    with sqlite3.connect(folder / "catalog.sqlite") as db:
        for index in ("articles_of_wording", "own_chunks", "to_be_cut"):
            db.execute(f"DROP INDEX {index}")
        for column in ("wording", "own_chunks", "own_characters", "parts", "cut"):
            db.execute(f"ALTER TABLE articles DROP COLUMN {column}")
        for column in ("echo", "headed"):
            db.execute(f"ALTER TABLE chunks DROP COLUMN {column}")
        for table in ("echoes", "kin", "prints", "wordings"):
            db.execute(f"DROP TABLE {table}")
        db.execute("UPDATE meta SET value = json_set(value, '$.schema', 1) WHERE key = 'fingerprint'")
        db.execute("PRAGMA user_version = 1")
