"""Dateline's own server is scored like any other, over its REST endpoint and over OpenAI's protocol."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from test_evals.fakes_chatbots import ARTICLES, BY_QUESTION, CASES, FakeChatbot, perfect

from evals.judges.baselines import OverlapJudge
from evals.plain_reply import reply_from_text
from evals.replies import read_reply
from evals.results import read_scores, write_scores
from evals.run import run
from evals.score import score_run
from evals.targets import OpenAiTarget, target_at
from index.types import Question
from rag.events import Done, Event
from rag.turns import Turn
from ui.serving.desk import Desk
from ui.serving.mount import Serving, add_endpoints


class Streaming(FakeChatbot):
    """A stub that answers as the server wants it: by a stream that ends with the reply."""

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        yield Done(self.ask(question, turns))


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[str, Streaming]]:
    chatbot = Streaming(perfect)
    app = FastAPI()
    nothing: Any = None  # the endpoints under test never open the archive
    add_endpoints(app, nothing, Desk(chatbot), Serving())
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", chatbot
    server.should_exit = True
    thread.join(10)
    listener.close()


@pytest.mark.parametrize("protocol", ["", "/v1"])
def test_a_perfect_chatbot_behind_either_protocol_scores_perfectly(
    served: tuple[str, Streaming], tmp_path: Any, protocol: str
) -> None:
    folder = run(target_at(served[0] + protocol, None), CASES, tmp_path, suite="towns", article_of=ARTICLES.get)
    write_scores(folder, score_run(folder, OverlapJudge()))
    scores = read_scores(tmp_path)
    for name in (
        "completed",
        "faithfulness",
        "quote_exactness",
        "evidence_cited",
        "refusal_f1",
        "conflict_shown",
        "hit@1",
    ):
        assert scores.summaries[name]["value"] == 1.0, name
    assert scores.summaries["future_leak"]["value"] == 0.0


def test_a_follow_up_is_sent_with_the_earlier_questions(served: tuple[str, Streaming]) -> None:
    url, chatbot = served
    case = next(case for case in CASES if case.id == "Arlow-cause")
    for protocol in ("", "/v1"):
        chatbot.asked.clear()
        first = "How many were hurt in Arlow?"
        followed = type(case)(case.id, case.question, case.expect, turns=(first,), relevant=case.relevant)
        target_at(url + protocol, None).ask(followed)
        assert chatbot.asked[-1] == (case.question, (first,))


def test_the_annotations_alone_give_the_same_citations_as_the_whole_reply(served: tuple[str, Streaming]) -> None:
    target = target_at(served[0] + "/v1", None)
    assert isinstance(target, OpenAiTarget)
    for question in [case.question for case in CASES[:4]]:
        found = target.complete([{"role": "user", "content": question}])
        whole = read_reply(found.pop("dateline"))
        bare = read_reply(reply_from_text(found["choices"][0]["message"], target.refusal))
        assert BY_QUESTION[question].shown
        for given, exact in zip(bare.claims, whole.claims, strict=True):
            assert given.text == exact.text
            assert [(c.article_id, c.quote, c.start, c.end) for c in bare.cited(given)] == [
                (c.article_id, c.quote, c.start, c.end) for c in whole.cited(exact)
            ]
