"""Adding articles while the page is still reading its list of articles, in a real Chromium."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_ui.changing_site import LIMIT, SOURCES, Shelf, replies
from test_ui.fakes_ui import FakeChatbot

from index.tables import ArticleSummary
from index.types import Question

pytestmark = [pytest.mark.slow, pytest.mark.browser]


class SlowlyListedShelf(Shelf):
    """Its list is as old as the request for it, and may be held back."""

    def __init__(self) -> None:
        super().__init__()
        self.listed = threading.Event()
        self.listed.set()

    def find(self, words: str, question: Question, limit: int) -> tuple[list[ArticleSummary], int]:
        found = super().find(words, question, limit)
        assert self.listed.wait(30)
        return found


def test_articles_added_while_the_list_is_read_are_listed(
    serve: Callable[..., str], visit: Any, tmp_path: Path
) -> None:
    from ui.curator import Curator  # noqa: PLC0415  (the readers of every format are not needed by the other tests)

    shelf = SlowlyListedShelf()
    shelf.sync(SOURCES)
    page = visit(serve(shelf, FakeChatbot(replies), curator=Curator(shelf, tmp_path, LIMIT))).page
    page.locator("#upload summary").click()
    reported = "text => document.querySelector('#upload-status .done')?.textContent === text"
    shelf.listed.clear()
    for added, names in (("1 article added.", ["dam"]), ("2 articles added.", ["weir", "lock"])):
        files = [
            {"name": f"{name}.md", "mimeType": "text/markdown", "buffer": f"# The {name}\n\nThe {name} held.".encode()}
            for name in names
        ]
        page.set_input_files("#upload input[type=file]", files)
        page.wait_for_function(reported, arg=added)
    page.wait_for_timeout(500)  # the list is asked for just after the report
    shelf.listed.set()
    page.wait_for_function("() => document.querySelector('#articles .list-count').textContent === '7 articles'")
