"""OpenAI-compatible chat completions over the archive: ``/v1/chat/completions`` and ``/v1/models``.

The last user message is the question; earlier user messages are the earlier questions. The content is the answer with
its markers. Each marker has a ``url_citation`` in the message's ``annotations``, whose field ``dateline`` holds the
exact quote and its offsets. The field ``dateline`` beside ``choices`` holds the whole reply, as in ``dateline ask
--json``; its ``status`` tells an answer from an abstention. A stream sends each sentence as soon as it has been
verified, and the annotations in the last chunk.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import uuid4

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from rag.events import ClaimReady, Done, Event
from rag.types import Answer, Claim, Reply
from rag.wire import answer_text, markers, remarks, reply_json, shown_text
from ui.serving.annotations import annotations_of
from ui.serving.conversation import MODEL, ChatRequest
from ui.serving.desk import Desk
from ui.serving.failures import Failure, failure_of
from ui.serving.follow import events_of, reply_from, while_connected
from ui.serving.route import Endpoint, Json
from ui.words import doing

_KINDS = dict.fromkeys((404, 413, 422), "invalid_request_error") | {429: "rate_limit_error"}
_MODEL = {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


class OpenAiEndpoint(Endpoint):
    """A route that reports failures in OpenAI's format."""

    @staticmethod
    def respond(failure: Failure) -> Response:
        """Return the response for a failure."""
        return Json(_error(failure), failure.status, failure.headers)


def openai_routes(desk: Desk) -> APIRouter:
    """Create the endpoints over a chatbot."""
    router = APIRouter(prefix="/v1", route_class=OpenAiEndpoint)

    @router.get("/models")
    def models() -> Response:
        """List the one available model."""
        return Json({"object": "list", "data": [_MODEL]})

    @router.get("/models/{name:path}")
    def model(name: str) -> Response:
        """Return the model by name."""
        if name != MODEL:
            raise HTTPException(404, f"There is no model of this name; the only model is {MODEL}.")
        return Json(_MODEL)

    @router.post("/chat/completions")
    async def complete(asked: ChatRequest, request: Request) -> Response:
        """Answer the last user message from the archive."""
        events = events_of(desk, *asked.asked())
        envelope = {"id": f"chatcmpl-{uuid4().hex}", "created": int(time.time()), "model": MODEL}
        base_url = str(request.base_url)
        if not asked.stream:
            reply = await while_connected(request, reply_from(events))
            return Json(_completion(reply, envelope, base_url))
        first = await while_connected(request, anext(events))  # errors must surface before the stream starts
        pieces = _stream(first, events, {**envelope, "object": "chat.completion.chunk"}, base_url)
        return StreamingResponse(pieces, media_type="text/event-stream", headers={"Cache-Control": "no-cache"})

    return router


def _completion(reply: Reply, envelope: dict[str, Any], base_url: str) -> dict[str, Any]:
    message = {
        "role": "assistant",
        "content": answer_text(reply) + _remarks(reply),
        "refusal": None,
        "annotations": annotations_of(reply, base_url),
    }
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return {**envelope, "object": "chat.completion", "choices": [choice], "dateline": reply_json(reply)}


async def _stream(
    first: Event, events: AsyncIterator[Event], envelope: dict[str, Any], base_url: str
) -> AsyncIterator[str]:
    """Yield server-sent events: one chunk per sentence, and steps as comments that keep the connection alive."""
    yield _piece(envelope, {"role": "assistant", "content": ""})
    yield _comment(first)
    sent: list[Claim] = []
    try:
        async for event in events:
            match event:
                case ClaimReady(claim=claim):
                    yield _sentence(envelope, claim, sent)
                case Done(reply=reply):
                    # The final reply may add claims, such as a later figure, before those already sent: send the rest.
                    for claim in reply.claims if isinstance(reply, Answer) else ():
                        if claim not in sent:
                            yield _sentence(envelope, claim, sent)
                    yield _last(reply, envelope, base_url, sent)
                case _:
                    yield _comment(event)
    except Exception as problem:  # noqa: BLE001  (failure_of logs what it does not know)
        yield f"data: {json.dumps(_error(failure_of(problem)))}\n\n"
        return
    yield "data: [DONE]\n\n"


def _sentence(envelope: dict[str, Any], claim: Claim, sent: list[Claim]) -> str:
    sent.append(claim)
    return _piece(envelope, {"content": f"{' ' if len(sent) > 1 else ''}{shown_text(claim)} {markers(claim)}"})


def _last(reply: Reply, envelope: dict[str, Any], base_url: str, sent: Sequence[Claim]) -> str:
    """Return the last chunk: the end of an answer, or a whole abstention."""
    rest = ("" if isinstance(reply, Answer) else answer_text(reply)) + _remarks(reply)
    delta = {**({"content": rest} if rest else {}), "annotations": annotations_of(reply, base_url, sent)}
    return _piece({**envelope, "dateline": reply_json(reply)}, delta, "stop")


def _remarks(reply: Reply) -> str:
    """Return the remarks, which follow the sentences so that the annotations' offsets stay valid."""
    return "".join(f"\n\n{remark}" for remark in remarks(reply))


def _piece(envelope: dict[str, Any], delta: dict[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    return f"data: {json.dumps({**envelope, 'choices': [choice]})}\n\n"


def _comment(step: Event) -> str:
    return "" if isinstance(step, ClaimReady | Done) else f": {doing(step)}\n\n"


def _error(failure: Failure) -> dict[str, Any]:
    kind = _KINDS.get(failure.status, "server_error")
    return {"error": {"message": failure.sentence, "type": kind, "param": None, "code": failure.status}}
