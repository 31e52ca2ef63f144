"""Markup of a Markdown article in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_ui.fakes_ui import FakeChatbot, FakeShelf, answer, article, cite, claim

from index.types import Question
from rag.types import Reply

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TEXT = "# The vote\n\n**Correction: five** councillors voted *no*.\n- one left"
VOTE = article("vote", TEXT, path=Path("news/vote.md"))


def replies(question: Question) -> Reply:
    quote = "**Correction: five** councillors voted *no*."
    return answer(question.text, [claim("Five councillors voted no.", 1)], [cite(VOTE, quote)])


def test_markup_is_styled_and_its_marks_are_hidden_but_no_word_is_lost(serve: Callable[..., str], visit: Any) -> None:
    reader = visit(serve(FakeShelf([VOTE]), FakeChatbot(replies)))
    reader.ask("How many voted no?")
    reader.page.locator("#current .chip").first.click()
    mark = reader.page.locator("#evidence mark")
    mark.wait_for()
    assert mark.inner_text() == "Correction: five councillors voted no."
    panel = reader.page.locator("#evidence .article-text")
    assert panel.evaluate("panel => panel.textContent") == TEXT
    weight = "panel => getComputedStyle(panel.querySelector('.md-bold')).fontWeight"
    assert panel.evaluate(weight) == "700"
    copied = panel.evaluate("panel => { getSelection().selectAllChildren(panel); return getSelection().toString(); }")
    assert copied.split() == ["The", "vote", "Correction:", "five", "councillors", "voted", "no.", "-", "one", "left"]
    assert (reader.outside, reader.trouble) == ([], [])
