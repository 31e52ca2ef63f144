"""The record returns what was stored, to the character and the microsecond."""

from __future__ import annotations

import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_index.fakes_archive import article

from index.bounds import Bounds, microseconds, moment
from index.catalog import Catalog
from index.change_log import IndexState
from index.chunking import searched_text
from index.errors import ArchiveDamaged, EnvironmentProblem
from index.keys import content_hash, evidence_key, vector_key
from index.storing import Record
from index.tables import article_from_json, article_to_json
from index.types import Article, Chunk, Fingerprint, Span

MADE = Fingerprint("model", 2, 100, 0, 1)


def _id(words: str) -> str:
    return words.encode().hex()  # chunk ids are hexadecimal


def _record(stored: Article, *spans: Span) -> Record:
    shown = {
        name: getattr(stored, name) for name in ("title", "outlet", "author", "url", "path", "published", "updated")
    }
    chunks = [
        Chunk(_id(f"{stored.id}-{number}-{stored.text[:4]}"), stored.id, number, span, span.of(stored.text), **shown)
        for number, span in enumerate(spans)
    ]
    return Record(stored, chunks, [vector_key("model", chunk.text) for chunk in chunks])


def _put(catalog: Catalog, *records: Record) -> None:
    keys = {key for record in records for key in record.keys}
    catalog.put(records, {key: np.array([1, 0], dtype=np.float32) for key in keys}, MADE)


_TEXT = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
_ZONE = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_MOMENT = st.none() | st.datetimes(min_value=datetime(1850, 1, 1), max_value=datetime(2200, 1, 1), timezones=_ZONE)  # noqa: DTZ001
_ARTICLE = st.builds(
    Article,
    id=_TEXT.filter(bool),
    title=st.none() | _TEXT,
    text=_TEXT,
    url=st.none() | _TEXT,
    outlet=st.none() | _TEXT,
    author=st.none() | _TEXT,
    published=_MOMENT,
    updated=_MOMENT,
    path=st.none() | st.just(Path("/news/a b.txt")) | st.just(Path("relative/ü.md")),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stored=_ARTICLE)
def test_any_article_is_read_back_unchanged(tmp_path_factory: pytest.TempPathFactory, stored: Article) -> None:
    catalog = Catalog(tmp_path_factory.mktemp("record"), create=True)
    record = _record(stored, Span(0, len(stored.text)), Span(len(stored.text) // 2, len(stored.text)))
    _put(catalog, record)
    assert catalog.article(stored.id) == stored
    assert {copy.chunk for copy in catalog.view(Bounds()).copies(catalog.chunk_ids()).values()} == set(record.chunks)
    assert catalog.hash_of(stored.id) == content_hash(stored)
    assert article_from_json(article_to_json(stored)) == stored
    catalog.close()


def test_a_text_with_null_characters_keeps_its_spans(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    stored = article(1, "before\x00 after 😀 end")
    _put(catalog, _record(stored, Span(8, 15)))
    (copy,) = catalog.view(Bounds()).copies(catalog.chunk_ids()).values()
    assert copy.chunk.text == "after 😀"
    catalog.close()


def test_articles_that_differ_in_any_field_have_different_hashes() -> None:
    base = article(1)
    others = [
        article(1, "Other text."),
        article(1, title=None),
        article(1, outlet="radio nord"),
        article(1, published=None),
        article(1, updated=base.published),
        article(1, path=Path("x")),
        article(1, author="A"),
        article(1, url="u"),
    ]
    assert len({content_hash(each) for each in [base, *others]}) == 9


def test_former_versions_are_kept_newest_first_and_removed_with_the_article(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    versions = [article(1, f"Version {number}.") for number in range(3)]
    for version in versions:
        _put(catalog, _record(version, Span(0, 8)))
    assert catalog.versions("a1") == versions[::-1]
    assert len(catalog.chunk_ids()) == 1
    catalog.remove(["a1"])
    with sqlite3.connect(tmp_path / "catalog.sqlite") as database:
        for table in ("articles", "texts", "former", "chunks", "vectors"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table  # noqa: S608
    database.close()
    catalog.close()


def test_the_change_log_lists_the_chunks_added_and_removed_since_a_generation(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    _put(catalog, _record(article(1, "One."), Span(0, 4)))
    _put(catalog, _record(article(1, "Two."), Span(0, 4)), _record(article(2, "New."), Span(0, 4)))
    assert catalog.generation == 2
    assert catalog.changes.after(0) == [_id("a1-0-One."), _id("a1-0-Two."), _id("a2-0-New.")]
    assert set(catalog.changes.after(1) or []) == {_id("a1-0-One."), _id("a1-0-Two."), _id("a2-0-New.")}
    assert catalog.changes.after(2) == []
    assert catalog.changes.after(3) is None  # an index with a later generation belongs to another record
    catalog.changes.forget(1)
    assert catalog.changes.after(0) is None
    assert len(catalog.changes.after(1) or []) == 3
    catalog.changes.stamp("words", IndexState(2, "files"))
    assert catalog.changes.state("words") == IndexState(2, "files")
    catalog.changes.unstamp("words")
    assert catalog.changes.state("words") is None
    catalog.close()


def test_a_write_that_fails_halfway_stores_nothing(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    good, bad = _record(article(1), Span(0, 5)), _record(article(2), Span(0, 5))
    with pytest.raises(ArchiveDamaged):
        catalog.put([good, bad], {good.keys[0]: np.zeros(2, np.float32)}, MADE)  # bad's vector is missing
    assert (catalog.article_count, catalog.chunk_count, catalog.generation) == (0, 0, 0)
    catalog.close()


def test_a_record_that_cannot_be_opened_is_reported(tmp_path: Path) -> None:
    (tmp_path / "catalog.sqlite").mkdir()
    with pytest.raises(EnvironmentProblem, match="could not be used"):
        Catalog(tmp_path, create=True)


def test_threads_read_while_another_writes(tmp_path: Path) -> None:
    catalog = Catalog(tmp_path, create=True)
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(50):
                summaries = catalog.summaries()
                chunks = [_id(f"{each.id}-0-One.") for each in summaries]
                assert len(catalog.view(Bounds()).copies(chunks)) == len(summaries)
        except BaseException as error:  # noqa: BLE001  (reported to the main thread)
            failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for number in range(30):
        _put(catalog, _record(article(number, "One."), Span(0, 4)))
    for reader in readers:
        reader.join()
    assert failures == []
    catalog.close()


def test_the_evidence_key_ignores_case_spacing_and_quotation_mark_style() -> None:
    assert evidence_key("The  “Old”\nBridge") == evidence_key('the "old" bridge')
    assert evidence_key("3 dead") != evidence_key("5 dead")


def test_a_chunk_of_an_article_without_headline_is_found_by_the_articles_first_words() -> None:
    text = "Fire destroyed the opera house. " + "x" * 200 + " It burned for days."
    late = _record(Article("a", None, text), Span(233, len(text))).chunks[0]
    first = _record(Article("a", None, text), Span(0, 31)).chunks[0]
    titled = _record(Article("a", "Opera fire", text), Span(0, 31)).chunks[0]
    assert searched_text(late, text).startswith("Fire destroyed the opera house.")
    assert searched_text(first, text) == first.text
    assert searched_text(titled, text) == f"Opera fire\n{titled.text}"


@given(st.datetimes(timezones=st.just(UTC)))
def test_microseconds_and_moments_are_inverse(when: datetime) -> None:
    assert moment(microseconds(when)) == when
