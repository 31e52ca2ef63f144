"""A real server on loopback with the endpoints but without the page, over fakes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI
from test_ui.fakes_ui import FakeShelf

from ui.ports import ChatbotPort
from ui.serving.desk import Desk
from ui.serving.mount import Serving, add_endpoints


@contextmanager
def endpoints(shelf: FakeShelf, chatbot: ChatbotPort, *, desk: Desk | None = None, **options: Any) -> Iterator[str]:
    """Yield the server's address with a trailing slash."""
    serving = Serving(**options)
    app = FastAPI()
    add_endpoints(app, shelf, desk or serving.desk(chatbot), serving)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(10)
