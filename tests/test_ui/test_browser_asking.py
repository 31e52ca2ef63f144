"""Questions sent while an answer is arriving or ending, in a real Chromium over a scripted chatbot."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from test_ui.changing_site import SOURCES, replies
from test_ui.fakes_ui import FakeChatbot, FakeShelf

from index.types import Question
from rag.events import Event
from rag.turns import Turn

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BOX = "#question textarea"


class LingeringChatbot(FakeChatbot):
    """Ends a stream only when ``ended`` is set, though the reply was given before."""

    def __init__(self) -> None:
        super().__init__(replies)
        self.ended = threading.Event()

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        yield from super().stream(question, turns)
        assert self.ended.wait(30)


def test_a_question_sent_before_the_answer_shown_has_ended_on_the_server_is_asked(
    serve: Callable[..., str], visit: Any
) -> None:
    chatbot = LingeringChatbot()
    reader = visit(serve(FakeShelf(SOURCES), chatbot))
    reader.ask("How many died?")
    reader.page.fill(BOX, "And then?")
    reader.page.press(BOX, "Enter")
    chatbot.ended.set()
    reader.page.wait_for_selector("#past .turn")
    assert reader.texts(".turn .question") == ["How many died?", "And then?"]


def test_what_is_typed_while_an_answer_arrives_is_not_sent_by_itself(serve: Callable[..., str], visit: Any) -> None:
    gate = threading.Event()
    chatbot = FakeChatbot(replies, lambda: _wait_for(gate))
    reader = visit(serve(FakeShelf(SOURCES), chatbot))
    reader.page.fill(BOX, "How many died?")
    reader.page.press(BOX, "Enter")
    reader.page.press(BOX, "Enter")
    reader.page.wait_for_selector("#current .reply[aria-busy=true]")
    reader.page.wait_for_function("(box) => document.querySelector(box).value === ''", arg=BOX)
    reader.page.press(BOX, "Enter")
    reader.page.fill(BOX, "And th")
    reader.page.press(BOX, "Enter")
    gate.set()
    reader.page.wait_for_selector("#current .reply[aria-busy=false]")
    assert reader.page.input_value(BOX) == "And th"
    reader.ask("And then?")
    assert [question.text for question, _ in chatbot.asked] == ["How many died?", "And then?"]


def _wait_for(gate: threading.Event) -> None:
    assert gate.wait(30)
