"""The REST endpoints over a real server: responses, errors and agreement with the schema."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from test_ui.fakes_ui import FakeChatbot, FakeShelf, abstention, answer, article, cite, claim, held
from test_ui.serving_here import endpoints
from test_ui.test_serving_desk import until

from index.errors import ArchiveDamaged
from index.types import Coverage, Question
from rag.errors import ReaderFailed
from rag.events import Done, Event, Reading, Searching
from rag.turns import Turn
from rag.types import Conflict, ConflictKind, Reply
from rag.wire import reply_json
from ui.actions import LONGEST_QUESTION
from ui.serving import schema
from ui.serving.desk import Desk
from ui.serving.route import LONGEST_BODY

FIRE = article("a1", "Twelve people were hurt in the fire. The mayor resigned.", url="https://post.example/1")
LATER = article("wire/b 2", "Thirteen were hurt, the ministry said.", published=datetime(2026, 5, 6, tzinfo=UTC))
BROKEN = article("c", "Half a \ud800 pair <script>alert(1)</script>.")


def script(question: Question) -> Reply:
    if "who" in question.text:
        return abstention(question.text, Coverage(2, None, None, ()), [cite(FIRE, "The mayor resigned.")])
    if "down" in question.text:
        raise ReaderFailed("The language model x could not be reached; start it.") from ConnectionError()
    if "slow" in question.text:
        raise ReaderFailed("The language model x did not answer within 60 s.") from httpx.ReadTimeout("")
    if "damaged" in question.text:
        raise ArchiveDamaged("The record is damaged.")
    if "fault" in question.text:
        raise ZeroDivisionError("the secret of the server")
    if "broken" in question.text:
        return answer(question.text, [claim(BROKEN.text, 1)], [cite(BROKEN, BROKEN.text)])
    return answer(
        question.text,
        [
            claim("Twelve people were hurt in the fire.", 1, 2),
            claim("Thirteen were hurt.", 2, said=("ministry", "said")),
        ],
        [cite(FIRE, "Twelve people were hurt in the fire.", also_in=("c",)), cite(LATER, "Thirteen were hurt", 2)],
        withheld=[held("Fourteen died.", "number 14 is not in the evidence")],
        conflicts=[Conflict("how many were hurt", ConflictKind.COUNT, (1, 2))],
    )


@pytest.fixture(scope="module")
def bot() -> FakeChatbot:
    return FakeChatbot(script)


@pytest.fixture(scope="module")
def client(bot: FakeChatbot) -> Iterator[httpx.Client]:
    with (
        endpoints(FakeShelf([FIRE, LATER, BROKEN]), bot, models={"reader": "extractive"}) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


@pytest.mark.parametrize("question", ["how many were hurt?", "who did it?", "broken"])
def test_ask_gives_the_same_json_as_the_command_line_and_it_is_what_the_schema_says(
    client: httpx.Client, question: str
) -> None:
    found = client.post("/api/ask", json={"question": question})
    assert found.status_code == 200
    assert found.json() == json.loads(json.dumps(reply_json(script(Question(question)))))
    schema.Reply.model_validate(json.loads(found.text), extra="forbid")


def test_the_limits_and_the_last_of_the_earlier_questions_reach_the_chatbot(
    client: httpx.Client, bot: FakeChatbot
) -> None:
    turns = [f"question {n}" for n in range(10)]
    limits = {"as_of": "2026-05-04", "since": "2026-05-01", "until": "2026-05-03T10:00Z", "outlets": ["Meridian Post"]}
    assert client.post("/api/ask", json={"question": " and? ", "turns": turns, **limits}).status_code == 200
    question, earlier = bot.asked[-1]
    assert question == Question(
        "and?",
        as_of=datetime(2026, 5, 4, 23, 59, 59, 999999, tzinfo=UTC),
        since=datetime(2026, 5, 1, tzinfo=UTC),
        until=datetime(2026, 5, 3, 10, tzinfo=UTC),
        outlets=("Meridian Post",),
    )
    assert earlier == tuple(turns[2:])


@pytest.mark.parametrize(
    ("path", "body", "status", "sentence"),
    [
        ("ask", {"question": " "}, 422, "Type a question first."),
        ("ask", {"question": "x" * 1001}, 422, "A question may have at most 1,000 characters; this one has 1,001."),
        ("ask", {"question": "x", "turns": [""]}, 422, "Type a question first."),
        ("ask", {}, 422, "question: field required."),
        ("ask", {"question": 7}, 422, "question: input should be a valid string."),
        ("ask", {"question": "x", "asof": "2026"}, 422, "asof: there is no such field; see /api/openapi.json"),
        ("ask", {"question": "x", "as_of": "soon"}, 422, "As of needs a date such as 2026-05-04"),
        ("ask", {"question": "x", "since": "2026-05-04", "until": "2026-05-01"}, 422, "Since is later than until"),
        ("ask", {"question": "x", "turns": ["y"] * 101}, 422, "turns: list should have at most 100 items"),
        ("ask", b"{", 422, "The body is not JSON ("),
        ("ask", b"[]", 422, "The body is not a JSON object; send one"),
        ("ask", b"", 422, "The body is not a JSON object; send one"),
        ("ask", b"[" * 100_000, 422, "The body is not valid JSON: it is nested too deeply."),
        ("ask", b'{"question": "\xff"}', 422, "The body is not valid JSON: it is not UTF-8."),
        ("search", b'{"question": "x", "limit": ' + b"9" * 5000 + b"}", 422, "The body is not valid JSON."),
        ("ask", b'{"question": "\\ud800"}', 422, "question: contains half a surrogate pair, which is not valid text."),
        ("ask", b'{"question": "' + b"x" * LONGEST_BODY + b'"}', 413, "The body is over 1,000,000 bytes."),
        ("ask", {"question": "down"}, 503, "The language model x could not be reached; start it."),
        ("ask", {"question": "slow"}, 504, "The language model x did not answer within 60 s."),
        ("ask", {"question": "damaged"}, 503, "The record is damaged."),
        ("ask", {"question": "fault"}, 500, "Something went wrong (ZeroDivisionError); see the server's log."),
        ("search", {"question": ""}, 422, "Type a question first."),
        ("search", {"question": "x", "limit": 0}, 422, "limit: input should be greater than or equal to 1."),
    ],
)
def test_a_failure_is_one_sentence_under_the_right_status(
    client: httpx.Client, path: str, body: Any, status: int, sentence: str
) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    found = client.post(f"/api/{path}", content=content, headers={"Content-Type": "application/json"})
    assert found.status_code == status
    assert found.json().keys() == {"detail"}
    assert sentence in found.json()["detail"]
    assert "secret" not in found.text


def test_a_body_of_another_content_type_is_not_parsed_so_foreign_forms_cannot_ask(client: httpx.Client) -> None:
    found = client.post("/api/ask", content=b'{"question": "x"}', headers={"Content-Type": "text/plain"})
    assert (found.status_code, "application/json" in found.json()["detail"]) == (422, True)


def test_an_oversized_body_is_rejected_before_it_is_fully_received(client: httpx.Client) -> None:
    head = "POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with socket.create_connection(("127.0.0.1", client.base_url.port or 80), timeout=20) as caller:
        caller.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        for _ in range(11):
            caller.sendall(b"186a0\r\n" + b" " * 100_000 + b"\r\n")
        assert caller.recv(12) == b"HTTP/1.1 413"


def test_search_gives_ranked_passages_whose_offsets_count_in_the_article(client: httpx.Client) -> None:
    found = client.post("/api/search", json={"question": "hurt", "limit": 1}).json()
    results = schema.SearchResults.model_validate(found, extra="forbid").results
    assert [(one.article_id, one.text) for one in results] == [("a1", FIRE.text)]
    assert FIRE.text[results[0].start : results[0].end] == results[0].text


@pytest.mark.parametrize("one", [FIRE, LATER, BROKEN])
def test_an_article_comes_whole_whatever_its_id_and_text(client: httpx.Client, one: Any) -> None:
    found = json.loads(client.get(f"/api/articles/{one.id}").text)
    assert schema.Article.model_validate(found | {"text": ""}, extra="forbid").id == one.id
    assert found["text"] == one.text


def test_an_unknown_article_is_404(client: httpx.Client) -> None:
    found = client.get("/api/articles/none")
    assert (found.status_code, found.json()) == (404, {"detail": "There is no article 'none' in the archive."})


def test_health_reports_the_archive_and_the_models(client: httpx.Client) -> None:
    health = schema.Health.model_validate(client.get("/api/health").json(), extra="forbid")
    assert (health.status, health.archive.articles, health.models) == ("ready", 3, {"reader": "extractive"})
    with endpoints(FakeShelf([]), FakeChatbot(script)) as address:
        assert httpx.get(f"{address}api/health").json()["status"] == "empty"


def test_the_schema_describes_every_endpoint_with_its_types_and_failures(client: httpx.Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert set(described["paths"]) == {"/api/ask", "/api/search", "/api/articles/{article_id}", "/api/health"}
    ask = described["paths"]["/api/ask"]["post"]
    assert set(ask["responses"]) == {"200", "422", "429", "503", "504"}
    assert ask["responses"]["200"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Reply"}
    assert ask["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/AskRequest"}
    assert (
        str(LONGEST_QUESTION)[0]
        in described["components"]["schemas"]["AskRequest"]["properties"]["question"]["description"]
    )


def test_questions_beyond_the_queue_limit_are_told_when_to_retry() -> None:
    door = threading.Event()
    bot = FakeChatbot(script, pause=lambda: door.wait(20))
    desk = Desk(bot, at_once=1, waiting=0)
    with endpoints(FakeShelf([FIRE]), bot, desk=desk) as address:
        first = threading.Thread(target=httpx.post, args=[f"{address}api/ask"], kwargs={"json": {"question": "a"}})
        first.start()
        until(lambda: desk.open == 1)
        refused = httpx.post(f"{address}api/ask", json={"question": "b"})
        assert httpx.get(f"{address}api/health").json()["asking"] == {"open": 1, "waiting": 0}
        door.set()
        first.join(20)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
    assert refused.json()["detail"] == "Too many questions are in progress or waiting (1); try again in a moment."


class Watched:
    """A chatbot that blocks after its first step until released, and records how far it got."""

    def __init__(self) -> None:
        self.door = threading.Event()
        self.events: list[str] = []

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        raise NotImplementedError

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        try:
            yield Searching(question.text)
            self.events.append("stalled")
            assert self.door.wait(20)
            self.events.append("went on")
            yield Reading(1)
            self.events.append("read")
            yield Done(script(question))
        finally:
            self.events.append("closed")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("api/ask", b'{"question": "how many?"}'),
        ("v1/chat/completions", b'{"messages": [{"role": "user", "content": "how many?"}]}'),
        ("v1/chat/completions", b'{"stream": true, "messages": [{"role": "user", "content": "how many?"}]}'),
    ],
)
def test_a_client_that_hangs_up_ends_the_work_at_its_next_step(path: str, body: bytes) -> None:
    bot = Watched()
    desk = Desk(bot, at_once=1)
    with endpoints(FakeShelf([FIRE]), bot, desk=desk) as address:
        with socket.create_connection(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2]))) as caller:
            head = f"POST /{path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            caller.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            until(lambda: bot.events == ["stalled"])
            assert desk.open == 1
        httpx.get(f"{address}api/health")  # by now the server has seen the caller leave
        bot.door.set()
        until(lambda: "closed" in bot.events)
        until(lambda: desk.open == 0)
    assert bot.events == ["stalled", "went on", "closed"]
