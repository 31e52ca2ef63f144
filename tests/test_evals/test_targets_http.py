"""Any chatbot behind HTTP can be scored: a real server answers in OpenAI's and in Dateline's protocol, and badly."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from evals.replies import read_reply
from evals.run import ask
from evals.targets import REFUSAL, DatelineTarget, OpenAiTarget, target_at
from evals.types import Case, Expect
from index.errors import BadInput

CASE = Case(
    "a", "How many were hurt?", Expect.ANSWER, turns=("What happened?",), answers=("12",),
    as_of=datetime(2026, 5, 4, tzinfo=UTC),
)  # fmt: skip


class Server:
    """Answers every POST with what ``answer`` makes of path and body; keeps the bodies."""

    def __init__(self) -> None:
        self.answer: Callable[[str, dict[str, Any]], tuple[int, Any]] = lambda _path, _body: (200, {})
        self.events = b""
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.bodies.append(body)
                outer.paths.append(self.path)
                status, value = outer.answer(self.path, body)
                content = value if isinstance(value, bytes) else json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def do_GET(self) -> None:
                outer.paths.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(outer.events)

            def log_message(self, *_: object) -> None:
                return

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def chat(content: Any, **more: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"role": "assistant", "content": content, **more}}]}


def test_an_openai_reply_becomes_sentences_with_the_citations_that_stand_in_them(server: Server) -> None:
    text = "Twelve were hurt. The mayor resigned."
    citation = {
        "url": "https://post.example/1",
        "title": "Fire",
        "start_index": 10,
        "end_index": 16,
        "quote": "12 hurt",
    }
    server.answer = lambda *_: (200, chat(text, annotations=[{"type": "url_citation", "url_citation": citation}]))
    reply = read_reply(OpenAiTarget(server.url + "/v1", "any").ask(CASE))
    assert [(claim.text, claim.citations) for claim in reply.claims] == [
        ("Twelve were hurt.", (1,)), ("The mayor resigned.", ()),
    ]  # fmt: skip
    assert reply.citations[0].quote == "12 hurt"
    assert reply.retrieved is None


def test_a_conversation_is_asked_turn_by_turn_with_the_servers_own_answers(server: Server) -> None:
    server.answer = lambda _path, body: (200, chat(f"Answer {len(body['messages'])}."))
    OpenAiTarget(server.url + "/v1", "any").ask(CASE)
    assert [message["role"] for message in server.bodies[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert server.bodies[1]["messages"][2]["content"] == "Answer 2."
    assert "2026-05-04" in server.bodies[1]["messages"][0]["content"]
    assert server.bodies[1]["temperature"] == 0


def test_a_server_that_sends_a_whole_dateline_reply_is_taken_at_its_word(server: Server) -> None:
    whole = {"status": "abstained", "answer": "No.", "reason": "not_in_articles"}
    server.answer = lambda *_: (200, {**chat("No."), "dateline": whole})
    assert OpenAiTarget(server.url + "/v1/chat/completions", "any").ask(CASE) == whole


@pytest.mark.parametrize(
    "text",
    [
        "I'm sorry, but the articles do not say.",
        "I do not know.",
        "I cannot find that in the articles.",
        "The articles do not mention a mayor.",
        "The provided context does not contain this.",
        "There is no information on this.",
        "No information is available.",
    ],
)
def test_plain_words_that_begin_like_a_refusal_are_one(text: str) -> None:
    assert re.match(REFUSAL, text)


@pytest.mark.parametrize(
    "text",
    [
        "The articles say that 12 were hurt.",
        "No one was hurt.",
        "The mayor said: “I do not know.”",
        "Police did not give a cause.",
        "There is no bridge left, the mayor said.",
        "Sources close to the talks said no.",
    ],
)
def test_an_answer_that_speaks_of_not_knowing_is_no_refusal(text: str) -> None:
    assert not re.match(REFUSAL, text)


@pytest.mark.parametrize(
    ("status", "value", "told"),
    [
        (500, {"error": "boom"}, "answered 500"),
        (200, b"<html>", "gave no JSON"),
        (200, [], "no JSON object"),
        (200, {"choices": []}, "no choices"),
        (200, chat(None), "no choices"),
    ],
)
def test_a_server_that_misbehaves_is_a_recorded_failure(server: Server, status: int, value: Any, told: str) -> None:
    server.answer = lambda *_: (status, value)
    record = ask(OpenAiTarget(server.url + "/v1", "any"), CASE)
    assert told in record["failure"]["message"]


ALONE = replace(CASE, turns=())


def test_a_dateline_server_is_called_and_its_event_awaited(server: Server) -> None:
    server.answer = lambda *_: (200, {"event_id": "7"})
    server.events = b'event: heartbeat\ndata: null\n\nevent: complete\ndata: [{"status": "abstained"}]\n\n'
    assert DatelineTarget(server.url + "/").ask(ALONE) == {"status": "abstained"}
    assert server.bodies[0] == {"data": [CASE.question, "2026-05-04T00:00:00+00:00", "", "", []]}
    assert server.paths == ["/gradio_api/call/ask", "/gradio_api/call/ask/7"]


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (b"event: error\ndata: null\n\n", "failed"),
        (b"", "without a reply"),
        (b"event: complete\ndata: 7\n", "no reply"),
    ],
)
def test_a_dateline_server_that_fails_is_a_recorded_failure(server: Server, events: bytes, told: str) -> None:
    server.answer = lambda *_: (200, {"event_id": "7"})
    server.events = events
    assert told in ask(DatelineTarget(server.url), ALONE)["failure"]["message"]


def test_a_follow_up_is_not_passed_off_as_a_first_question(server: Server) -> None:
    assert "single questions" in ask(DatelineTarget(server.url), CASE)["failure"]["message"]
    assert not server.bodies


def test_the_protocol_follows_from_address_and_model() -> None:
    assert isinstance(target_at("http://h:1/v1", None), OpenAiTarget)
    assert isinstance(target_at("http://h:1", "m"), OpenAiTarget)
    assert isinstance(target_at("http://h:1", None), DatelineTarget)
    with pytest.raises(BadInput, match="http address"):
        target_at("file:///etc/passwd", None)
    with pytest.raises(BadInput, match="no regular expression"):
        target_at("http://h:1/v1", None, "(")
