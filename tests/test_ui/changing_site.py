"""A writable in-memory archive and a scripted chatbot, served to a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from test_ui.browsing import Visit
from test_ui.fakes_ui import FakeShelf, answer, article, cite, claim

from index.types import Article, Problem, Question, SyncReport
from rag.types import Reply
from ui.actions import LISTED

FIRST = article("first", "Rain fell. The toll is 12. The end.", title="Bridge falls")
SECOND = article(
    "second", "The toll rose to 14.", title="Toll rises", outlet="Ledger", published=datetime(2026, 5, 6, tzinfo=UTC)
)
FOUND = article("found", "Bridges are old.", title="Old bridges", published=datetime(2026, 5, 5, tzinfo=UTC))
UNDATED = article("undated", "Bridges are many.", title="Many bridges", published=None)
OLD = [
    article(f"old{number}", "Old news.", published=datetime(2020, 1, 1, tzinfo=UTC) + timedelta(days=number))
    for number in range(LISTED)
]
LIMIT = 2_000
SOURCES = (FIRST, SECOND, FOUND, UNDATED)


def replies(question: Question) -> Reply:
    return answer(
        question.text,
        [claim("The toll is 12.", 1), claim("The toll rose to 14.", 2)],
        [cite(FIRST, "The toll is 12.", 1), cite(SECOND, "The toll rose to 14.", 2)],
        found=[FOUND, FIRST, UNDATED],
    )


class Shelf(FakeShelf):
    """An archive whose ``sync`` can be delayed."""

    def __init__(self) -> None:
        super().__init__([])
        self.at_leisure = threading.Event()
        self.at_leisure.set()

    def sync(self, records: Iterable[Article | Problem], **options: Any) -> SyncReport:
        assert self.at_leisure.wait(60)
        return super().sync(records, **options)


@dataclass
class Site:
    """A served page over a writable archive; every test starts with the same articles."""

    address: str
    shelf: Shelf
    folder: Path

    def reset(self) -> None:
        self.shelf.remove([one.id for one in self.shelf.articles()])
        self.shelf.sync([*SOURCES, *OLD])


def questions(reader: Visit) -> list[str]:
    return reader.texts(".turn .question")


def talks(reader: Visit) -> list[str]:
    return reader.texts("#history .talk-open")


def reload(reader: Visit) -> None:
    reader.page.reload()
    reader.page.wait_for_selector("#articles .list-count", state="attached")


def marked(reader: Visit, text: str) -> None:
    reader.page.wait_for_function("q => document.querySelector('#evidence mark')?.textContent === q", arg=text)
