"""HTTP Basic authentication for the page and all endpoints."""

from __future__ import annotations

import base64
import binascii

import anyio
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.serving.passwords import Users

_ASK = {"WWW-Authenticate": 'Basic realm="Dateline", charset="UTF-8"'}


class PasswordGate:
    """ASGI middleware that requires the name and password of a user.

    OpenAI clients can only send an API key; for them ``Bearer user:password`` is accepted as well.
    """

    def __init__(self, app: ASGIApp, users: Users) -> None:
        self.app = app
        self._users = users
        self._one_check = anyio.CapacityLimiter(1)  # guessing passwords must not occupy more than one core

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or answer 401."""
        if scope["type"] == "lifespan" or (scope["type"] == "http" and await self._admits(scope)):
            await self.app(scope, receive, send)
        elif scope["type"] == "http":
            refusal = PlainTextResponse("This server requires a name and a password.", 401, _ASK)
            await refusal(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})  # nothing here speaks WebSocket

    async def _admits(self, scope: Scope) -> bool:
        given = credentials(Headers(scope=scope).get("authorization", ""))
        if given is None:
            return False
        if self._users.remembers(*given):
            return True
        return await anyio.to_thread.run_sync(self._users.admits, *given, limiter=self._one_check)


def credentials(header: str) -> tuple[str, str] | None:
    """Return the name and password of an ``Authorization`` header, or None if it has none."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "basic":
        try:
            value = base64.b64decode(value.strip(), validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
    elif scheme.lower() != "bearer":
        return None
    user, colon, password = value.strip().partition(":")
    return (user, password) if colon else None
