"""Any chatbot behind HTTP can be scored: real servers speak OpenAI's and Dateline's protocol, correctly and not."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.client import IncompleteRead
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evals.cli import group
from evals.measures.statements import unlisted
from evals.plain_reply import REFUSAL, reply_from_text
from evals.replies import read_reply
from evals.run import ask
from evals.servers import Server as JsonServer
from evals.targets import DatelineTarget, OpenAiTarget, target_at
from evals.types import Case, Expect
from index.errors import BadInput, EnvironmentProblem

CASE = Case(
    "a", "How many were hurt?", Expect.ANSWER, turns=("What happened?",), answers=("12",),
    as_of=datetime(2026, 5, 4, tzinfo=UTC),
)  # fmt: skip


class Server:
    """Answers every POST with what ``answer`` makes of path and body; keeps the bodies."""

    def __init__(self) -> None:
        self.answer: Callable[[str, dict[str, Any]], tuple[int, Any]] = lambda _path, _body: (200, {})
        self.bodies: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.keys: list[str | None] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.bodies.append(body)
                outer.keys.append(self.headers["Authorization"])
                outer.paths.append(self.path)
                status, value = outer.answer(self.path, body)
                content = value if isinstance(value, bytes) else json.dumps(value).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

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


def test_an_openai_reply_becomes_sentences_with_their_citations(server: Server) -> None:
    text = "Twelve were hurt. The mayor resigned."
    citation = {
        "url": "https://post.example/1",
        "title": "Fire",
        "start_index": 10,
        "end_index": 16,
        "quote": "12 hurt",
    }
    server.answer = lambda *_: (200, chat(text, annotations=[{"type": "url_citation", "url_citation": citation}]))
    reply = read_reply(target_at(server.url + "/v1", "any").ask(CASE))
    assert [(claim.text, claim.citations) for claim in reply.claims] == [
        ("Twelve were hurt.", (1,)), ("The mayor resigned.", ()),
    ]  # fmt: skip
    assert reply.citations[0].quote == "12 hurt"
    assert reply.retrieved is None


def test_a_conversation_is_asked_turn_by_turn_with_the_servers_own_answers(server: Server) -> None:
    server.answer = lambda _path, body: (200, chat(f"Answer {len(body['messages'])}."))
    target_at(server.url + "/v1", "any").ask(CASE)
    assert [message["role"] for message in server.bodies[1]["messages"]] == ["system", "user", "assistant", "user"]
    assert server.bodies[1]["messages"][2]["content"] == "Answer 2."
    assert "2026-05-04" in server.bodies[1]["messages"][0]["content"]
    assert server.bodies[1]["temperature"] == 0


def test_a_whole_dateline_reply_from_a_server_is_used_unchanged(server: Server) -> None:
    whole = {"status": "abstained", "answer": "No.", "reason": "not_in_articles"}
    server.answer = lambda *_: (200, {**chat("No."), "dateline": whole})
    assert target_at(server.url + "/v1/chat/completions", "any").ask(CASE) == whole


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
def test_a_text_that_begins_like_a_refusal_is_one(text: str) -> None:
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
def test_an_answer_about_not_knowing_is_not_a_refusal(text: str) -> None:
    assert not re.match(REFUSAL, text)


@pytest.mark.parametrize(
    ("status", "value", "told"),
    [
        (500, {"error": "boom"}, "responded with status 500"),
        (200, b"<html>", "did not return JSON"),
        (200, [], "JSON that is not an object"),
        (200, {"choices": []}, "no choices"),
        (200, chat(None), "no choices"),
    ],
)
def test_a_server_that_misbehaves_is_a_recorded_failure(server: Server, status: int, value: Any, told: str) -> None:
    server.answer = lambda *_: (status, value)
    record = ask(target_at(server.url + "/v1", "any"), CASE)
    assert told in record["failure"]["message"]


def test_a_dropped_connection_is_reported_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(*_: object, **__: object) -> None:
        raise IncompleteRead(b"{", 100)

    monkeypatch.setattr("urllib.request.urlopen", torn)
    with pytest.raises(EnvironmentProblem, match="http://some.host/v1 did not return JSON: IncompleteRead"):
        JsonServer().post("http://some.host/v1", {})


def test_a_dateline_server_gets_the_conversation_and_filters_and_its_reply_is_used_unchanged(server: Server) -> None:
    whole = {"status": "abstained", "answer": "No.", "reason": "not_in_articles"}
    server.answer = lambda *_: (200, whole)
    asked = replace(CASE, until=datetime(2026, 5, 3, tzinfo=UTC), outlets=("Post",))
    assert target_at(server.url + "/", None).ask(asked) == whole
    assert server.paths == ["/api/ask"]
    assert server.bodies == [
        {
            "question": "How many were hurt?", "turns": ["What happened?"], "as_of": "2026-05-04T00:00:00+00:00",
            "until": "2026-05-03T00:00:00+00:00", "outlets": ["Post"],
        }
    ]  # fmt: skip


def test_filters_unknown_to_openai_servers_are_sent_rather_than_dropped(server: Server) -> None:
    server.answer = lambda *_: (200, chat("Twelve."))
    target_at(server.url + "/v1", None).ask(replace(CASE, turns=(), outlets=("Post",)))
    target_at(server.url + "/v1", None).ask(replace(CASE, turns=()))
    assert server.bodies[0]["dateline"] == {"as_of": "2026-05-04T00:00:00+00:00", "outlets": ["Post"]}
    assert "dateline" not in server.bodies[1]


def test_a_key_goes_into_the_header_and_nowhere_else(server: Server) -> None:
    server.answer = lambda *_: (401, {"detail": "no"})
    asked = target_at(server.url, None, key="s3cret")
    record = ask(asked, CASE)
    assert server.keys == ["Bearer s3cret"]
    assert "s3cret" not in json.dumps([record, asked.name, asked.identity])


def test_datelines_annotations_give_exact_offsets_to_the_sentence_before_the_marker(server: Server) -> None:
    text = "Twelve were hurt. [1][2] The mayor resigned. [1]"
    first = {"number": 1, "article_id": "x", "quote": "12 hurt", "start": 40, "end": 47}
    second = {"number": 2, "article_id": "y", "quote": "a dozen", "start": 3, "end": 10}
    places = [(18, 21, first), (21, 24, second), (45, 48, first)]
    annotations = [
        {
            "type": "url_citation",
            "url_citation": {"start_index": start, "end_index": end, "url": "https://post.example/1", "title": "Fire"},
            "dateline": exact,
        }
        for start, end, exact in places
    ]
    server.answer = lambda *_: (200, chat(text, annotations=annotations))
    reply = read_reply(target_at(server.url + "/v1", None).ask(CASE))
    assert [(claim.text, [c.article_id for c in reply.cited(claim)]) for claim in reply.claims] == [
        ("Twelve were hurt.", ["x", "y"]), ("The mayor resigned.", ["x"]),
    ]  # fmt: skip
    assert (reply.citations[0].quote, reply.citations[0].start, reply.citations[0].end) == ("12 hurt", 40, 47)
    assert not unlisted(reply.answer, [claim.text for claim in reply.claims])


def test_a_marker_inside_a_sentence_is_removed_from_its_text() -> None:
    message = {"content": "Twelve [1, 2] were hurt [3]. So police said."}
    found = reply_from_text(message, re.compile(REFUSAL))
    assert [claim["text"] for claim in found["claims"]] == ["Twelve were hurt.", "So police said."]
    assert not unlisted(found["answer"], [claim["text"] for claim in found["claims"]])


def test_the_protocol_is_chosen_by_address_and_model() -> None:
    assert isinstance(target_at("http://h:1/v1", None), OpenAiTarget)
    assert isinstance(target_at("http://h:1", "m"), OpenAiTarget)
    assert isinstance(target_at("http://h:1", None), DatelineTarget)
    with pytest.raises(BadInput, match="http address"):
        target_at("file:///etc/passwd", None)
    with pytest.raises(BadInput, match="not a regular expression"):
        target_at("http://h:1/v1", None, "(")


def test_realtimeqa_is_reported_with_its_papers_systems(server: Server, shared_data: Path, tmp_path: Path) -> None:
    server.answer = lambda *_: (200, {"status": "answered", "answer": "Squid Game."})
    run = ["run", "--suite", "realtimeqa", "--data", str(shared_data), "--limit", "5", "--target", server.url]
    done = CliRunner().invoke(
        group, [*run, "--judge", "overlap", "--out", str(tmp_path / "run")], catch_exceptions=False
    )
    assert done.exit_code == 0
    reported = CliRunner().invoke(group, ["report", str(tmp_path / "run"), "--format", "markdown"])
    assert reported.exit_code == 0
    table = (tmp_path / "run" / "report.md").read_text(encoding="utf-8").split("### Other systems on the same cases")[1]
    rows = [line for line in table.splitlines() if line.startswith("| ")][2:9]
    assert rows[0].startswith(f"| {server.url} | 0.200 ")  # one of the five asks for the show
    systems = [row.split(" | ")[0].removeprefix("| ").replace("\\", "") for row in rows[1:]]
    assert systems == [
        "qa_closed_gpt3_gen", "qa_closed_t5_gen", "qa_open_gpt3_dpr_gen", "qa_open_gpt3_gcs_gen",
        "qa_open_rag_dpr_gen", "qa_open_rag_gcs_gen",
    ]  # fmt: skip
