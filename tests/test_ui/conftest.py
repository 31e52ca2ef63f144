"""A real Chromium, and servers for it: ours with a fake chatbot in this process, or the real command in its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from test_ui.fakes_ui import FakeChatbot, FakeShelf

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; a skip with its reason where there is none, a failure where CI promised one."""
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not found:
        reason = f"no Chromium on this machine (looked for {', '.join(CHROMIUM_NAMES)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


class Visit:
    """A page on a server, and all that it did: requests to other hosts, errors, dialogs, refused scripts."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.page = self.context.new_page()
        self.outside: list[str] = []
        self.trouble: list[str] = []
        self.page.on("request", self._request)
        self.page.on("pageerror", lambda error: self.trouble.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        self.page.on("console", self._console)
        self.page.goto(address)
        self.page.wait_for_selector("#articles .list-count", state="attached")

    def _request(self, request: Any) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:http://127.0.0.1:")):
            self.outside.append(request.url)

    def _console(self, message: Any) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.trouble.append(f"console: {message.text}")

    def ask(self, question: str, timeout: float = 60_000) -> None:
        """Type a question, send it, and wait until the reply is complete."""
        before = self.page.locator(".turn").count()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.wait_for_function(
            "before => document.querySelectorAll('.turn').length > before"
            " && document.querySelector('#current .reply[aria-busy=false]')",
            arg=before,
            timeout=timeout,
        )

    def texts(self, selector: str) -> list[str]:
        """The text of every element that fits."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]


@pytest.fixture
def visit(chromium: Any) -> Iterator[Callable[..., Visit]]:
    """Opens pages, and closes them after the test; each is a user of its own."""
    visits: list[Visit] = []

    def open_page(address: str, **options: Any) -> Visit:
        visits.append(Visit(chromium, address, **options))
        return visits[-1]

    yield open_page
    for one in visits:
        one.context.close()


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """Serves the chat window over fakes from this process, and gives its address."""
    stops: list[Callable[[], None]] = []

    def start(shelf: FakeShelf, chatbot: FakeChatbot, **options: Any) -> str:
        address, stop = _serve_here(shelf, chatbot, **options)
        stops.append(stop)
        return address

    yield start
    for stop in stops:
        stop()


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


@contextmanager
def dateline_chat(archive: Path, *arguments: str) -> Iterator[str]:
    """The real command in a process of its own, over the sample archive; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "--archive", str(archive), "chat", "--sample", "--port", str(port)]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}/"
    try:
        _wait_until_open(address, process)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait_until_open(address: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the chat server stopped: {process.communicate()[0]}")
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise RuntimeError("the chat server did not open within 240 s")
