"""Fixtures for browser tests: pages in a real Chromium, an in-process server with fakes, and the real command."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import uvicorn
from test_ui.browsing import Visit, dateline_chat
from test_ui.changing_site import LIMIT, Shelf, Site, replies
from test_ui.fakes_ui import FakeChatbot, FakeShelf


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Open pages, each for a separate user, and close them after the test."""
    visits: list[Visit] = []

    def open_page(address: str, **options: Any) -> Visit:
        visits.append(Visit(chromium, address, **options))
        return visits[-1]

    yield open_page
    for one in visits:
        one.context.close()


def _servers() -> Iterator[Callable[..., str]]:
    stops: list[Callable[[], None]] = []

    def start(shelf: FakeShelf, chatbot: FakeChatbot, **options: Any) -> str:
        address, stop = _serve_here(shelf, chatbot, **options)
        stops.append(stop)
        return address

    yield start
    for stop in stops:
        stop()


serve = pytest.fixture(_servers, name="serve")
"""Serve the chat window over fakes from this process; returns its address."""

serve_module = pytest.fixture(_servers, scope="module", name="serve_module")
"""The same with module scope, since building a page takes a second."""


def _serve_here(shelf: FakeShelf, chatbot: FakeChatbot, **options: Any) -> tuple[str, Callable[[], None]]:
    from ui.app import chat_app  # noqa: PLC0415  (gradio is not needed by the other tests of this folder)

    listening = socket.create_server(("127.0.0.1", 0))
    app = chat_app(shelf, chatbot, host="127.0.0.1", **options)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(10)

    return f"http://127.0.0.1:{listening.getsockname()[1]}/", stop


@pytest.fixture(scope="module")
def served(serve_module: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A page over a writable archive."""
    from ui.curator import Curator  # noqa: PLC0415  (the readers of every format are not needed by the other tests)

    folder, shelf = tmp_path_factory.mktemp("archive"), Shelf()
    address = serve_module(shelf, FakeChatbot(replies), curator=Curator(shelf, folder, LIMIT))
    return Site(address, shelf, folder)


@pytest.fixture
def site(served: Site) -> Site:
    """The same, reset to the initial articles."""
    served.reset()
    return served


@pytest.fixture(scope="session")
def sample_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the real command over the sample archive; yields its address."""
    with dateline_chat(tmp_path_factory.mktemp("sample") / "archive") as address:
        yield address
