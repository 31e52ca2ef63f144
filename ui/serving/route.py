"""What every endpoint does: takes no endless body, and answers a failure with a sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from ui.serving.failures import Failure, failure_of
from ui.serving.follow import ClientGone

LONGEST_BODY = 1_000_000
"""Bytes; room for a long conversation."""

CLIENT_GONE = 499  # nginx's status for it; HTTP has none


class Json(JSONResponse):
    """ASCII with escapes, so that text of broken Unicode arrives as it is stored."""

    def render(self, content: Any) -> bytes:
        """The document's bytes."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


class Endpoint(APIRoute):
    """A route of ours."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, guarded."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(Request(request.scope, _measured(request)))
            except ClientGone:
                return Response(status_code=CLIENT_GONE)  # for the log: nobody reads it
            except Exception as problem:  # noqa: BLE001  (failure_of logs what it does not know)
                return self.respond(failure_of(problem))

        return guarded

    @staticmethod
    def respond(failure: Failure) -> Response:
        """A failure as a response."""
        return Json({"detail": failure.sentence}, failure.status, failure.headers)


def _measured(request: Request) -> Callable[[], Coroutine[Any, Any, Message]]:
    """The request's messages, until they are too many."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > LONGEST_BODY:
            raise HTTPException(413, f"The body is over {LONGEST_BODY:,} bytes.")
        return message

    return receive
