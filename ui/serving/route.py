"""Behaviour common to all endpoints: a limit on the body size, and failures reported in one sentence."""

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
"""Maximum size of a request body in bytes, enough for a long conversation."""

CLIENT_GONE = 499  # nginx's status for a closed connection; HTTP defines none


class Json(JSONResponse):
    """A JSON response in escaped ASCII, so that text with invalid Unicode arrives as it is stored."""

    def render(self, content: Any) -> bytes:
        """Serialise the document."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


class Endpoint(APIRoute):
    """A route with the common behaviour."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler with the size limit and the error handling."""
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handle(Request(request.scope, _measured(request)))
            except ClientGone:
                return Response(status_code=CLIENT_GONE)  # only for the access log
            except Exception as problem:  # noqa: BLE001  (failure_of logs what it does not know)
                return self.respond(failure_of(problem))

        return guarded

    @staticmethod
    def respond(failure: Failure) -> Response:
        """Return the response for a failure."""
        return Json({"detail": failure.sentence}, failure.status, failure.headers)


def _measured(request: Request) -> Callable[[], Coroutine[Any, Any, Message]]:
    """Return the request's ``receive``, which raises once the body is too large."""
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > LONGEST_BODY:
            raise HTTPException(413, f"The body is over {LONGEST_BODY:,} bytes.")
        return message

    return receive
