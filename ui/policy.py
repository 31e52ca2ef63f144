"""Security headers and request filtering: Content-Security-Policy with a fresh nonce, host check, cross-site check."""

from __future__ import annotations

import secrets

from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio needs 'unsafe-eval' to compile the templates of its HTML components. Inline scripts run only with the nonce,
# which no article can know, and nothing is fetched from any other server.
_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)

_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}


LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ContentPolicy:
    """ASGI middleware that adds the policy to every response and its nonce to the scripts of HTML pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request; HTML pages are buffered until complete, everything else streams."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        # The nonce could not be inserted into a compressed page.
        plain = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        await self.app({**scope, "headers": plain}, receive, _Sender(send))


class _Sender:
    """Sends one response with the headers and, for an HTML page, the nonce."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)
        self._page_start: Message | None = None
        self._page = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._start(message)
        elif self._page_start is None:
            await self._send(message)
        else:
            await self._collect(self._page_start, message)

    async def _start(self, message: Message) -> None:
        headers = MutableHeaders(scope=message)
        headers["content-security-policy"] = _POLICY.format(nonce=self._nonce)
        for name, value in _HEADERS.items():
            headers[name] = value
        if headers.get("content-type", "").startswith("text/html"):
            self._page_start = message
        else:
            await self._send(message)

    async def _collect(self, start: Message, message: Message) -> None:
        self._page += message.get("body", b"")
        if message.get("more_body"):
            return
        # Gradio escapes "<" in the data it embeds, so every "<script" here is its own.
        page = bytes(self._page).replace(b"<script", f'<script nonce="{self._nonce}"'.encode())
        MutableHeaders(scope=start)["content-length"] = str(len(page))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})


def guard_hosts(app: FastAPI, host: str) -> None:
    """On a loopback address, accept only loopback host names, which prevents DNS rebinding attacks."""
    if host in LOOPBACK:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*LOOPBACK, "[::1]"])


class OwnPagesOnly:
    """ASGI middleware that refuses cross-site requests, since the user's browser may send credentials with them.

    The rule is that of Go's ``http.CrossOriginProtection``, applied to reads too, because Gradio answers any origin
    when it listens on a non-loopback address. A link that opens our page is allowed. Programs send neither header.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request, or answer 403."""
        if scope["type"] == "http" and _is_foreign(scope["method"], Headers(scope=scope)):
            refusal = PlainTextResponse(
                "Requests from pages of other sites are refused. A proxy in front must pass the Host header on.", 403
            )
            await refusal(scope, receive, send)
        else:
            await self.app(scope, receive, send)


def _is_foreign(method: str, headers: Headers) -> bool:
    site = headers.get("sec-fetch-site")
    if site is not None:
        opens_page = method == "GET" and headers.get("sec-fetch-mode") == "navigate"
        return site not in {"same-origin", "none"} and not opens_page
    origin = headers.get("origin")  # browsers omit Sec-Fetch-Site for plain http on another machine
    return origin is not None and origin.partition("://")[2] != headers.get("host")
