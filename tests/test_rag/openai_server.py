"""A real HTTP server that speaks the OpenAI chat protocol, well and badly, for the tests of the reader."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[dict[str, Any]], str]
"""From the request to what the model says."""


@dataclass
class Behaviour:
    """How the server answers: ``says`` and how far it gets; where it ``drips``, it goes on without a word."""

    says: Script
    status: int = 200
    fails_first: int = 0
    stalls_after: int | None = None
    breaks_after: int | None = None
    ends_after: int | None = None
    streams: bool = True
    raw: bytes | None = None
    refusal: str = "no"
    headers: dict[str, str] = field(default_factory=dict)
    finish: str = "stop"
    drips: bool = False
    requests: list[dict[str, Any]] = field(default_factory=list)
    release: threading.Event = field(default_factory=threading.Event)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    behaviour: Behaviour

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that gave up waiting is part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name is the library's)
        """Quiet."""

    def do_POST(self) -> None:
        behaviour = self.server.behaviour
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        behaviour.requests.append(request)
        if len(behaviour.requests) <= behaviour.fails_first:
            self._send(503, b'{"error": {"message": "busy"}}')
        elif behaviour.status != 200:
            self._send(behaviour.status, json.dumps({"error": {"message": behaviour.refusal}}).encode())
        elif behaviour.raw is not None:
            self._send(200, behaviour.raw, "text/event-stream" if request.get("stream") else "application/json")
        elif request.get("stream") and behaviour.streams:
            self._stream(behaviour, behaviour.says(request))
        else:
            self._send(200, json.dumps(_whole(behaviour.says(request), behaviour.finish)).encode())

    def _send(self, status: int, body: bytes, kind: str = "application/json") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        for name, value in self.server.behaviour.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, behaviour: Behaviour, text: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")  # a client that is thrown away whole leaves no idle socket behind
        self.end_headers()
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        for number, piece in enumerate(pieces):
            if number == behaviour.stalls_after:
                behaviour.release.wait(20)
                return
            if number == behaviour.breaks_after:
                self.close_connection = True
                return
            if number == behaviour.ends_after:
                break
            self._event(_delta(piece))
        else:
            while behaviour.drips and not behaviour.release.wait(0.02):
                self._event(_delta(""))
            self._event(_delta("", behaviour.finish))
            self._chunk(b"data: [DONE]\n\n")
        self._chunk(b"")

    def _event(self, value: dict[str, Any]) -> None:
        self._chunk(b"data: " + json.dumps(value).encode() + b"\n\n")

    def _chunk(self, body: bytes) -> None:
        self.wfile.write(f"{len(body):x}\r\n".encode() + body + b"\r\n")
        self.wfile.flush()


def _delta(text: str, finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}


def _whole(text: str, finish: str) -> dict[str, Any]:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]}


@contextmanager
def serving(behaviour: Behaviour) -> Iterator[str]:
    """Runs the server and gives its base URL."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.behaviour = behaviour
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        behaviour.release.set()
        server.shutdown()
        with suppress(OSError):
            server.server_close()
        thread.join(5)
