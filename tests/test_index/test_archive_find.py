"""Finding articles by headline, outlet and author."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_index.fakes_archive import article, open_archive

from index.archive import Archive
from index.types import Question


def day(number: int) -> datetime:
    return datetime(2026, 5, number, tzinfo=UTC)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with open_archive(tmp_path) as opened:
        opened.sync(
            [
                article(1, title="Bridge falls", outlet="Meridian Post", author="Ann Ode", published=day(1)),
                article(2, title="Élan in the ÉTÉ race", outlet="Ledger", author=None, published=day(3)),
                article(3, title="Bridge rises", outlet="Ledger", author=None, published=day(2)),
                article(4, title=None, outlet=None, author=None, published=None),
            ]
        )
        yield opened


def found(archive: Archive, words: str, question: Question | None = None, limit: int = 50) -> tuple[list[str], int]:
    articles, matching = archive.find(words, question or Question(""), limit)
    return [one.title or "" for one in articles], matching


def test_all_words_must_be_in_headline_outlet_or_author_and_the_newest_come_first(archive: Archive) -> None:
    assert found(archive, "") == (["Élan in the ÉTÉ race", "Bridge rises", "Bridge falls", ""], 4)
    assert found(archive, "BRIDGE ledger") == (["Bridge rises"], 1)
    assert found(archive, "ode meridian") == (["Bridge falls"], 1)
    assert found(archive, "bridge_") == ([], 0)
    assert found(archive, "100%") == ([], 0)


def test_case_is_ignored_for_non_ascii_letters_too(archive: Archive) -> None:
    assert found(archive, "élan été")[1] == 1


def test_results_are_limited_and_the_total_is_returned(archive: Archive) -> None:
    assert found(archive, "", limit=2) == (["Élan in the ÉTÉ race", "Bridge rises"], 4)
    assert found(archive, "bridge", limit=2) == (["Bridge rises", "Bridge falls"], 2)


def test_the_date_and_outlet_filters_of_a_question_apply(archive: Archive) -> None:
    assert found(archive, "", Question("", as_of=day(2)))[0] == ["Bridge rises", "Bridge falls"]
    assert found(archive, "", Question("", since=day(2), outlets=("ledger ",)))[1] == 2


def test_threads_that_have_ended_leave_no_open_connection_behind(archive: Archive) -> None:
    for _ in range(12):
        thread = threading.Thread(target=archive.articles)
        thread.start()
        thread.join()
    assert len(archive._catalog._database._connections) <= 2
