"""Helpers for the browser tests and the screenshots: a real Chromium and the real command."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
QUIET_ON_LEAVING = """addEventListener('beforeunload', () => {
    console.error = () => {};
    addEventListener('unhandledrejection', event => event.preventDefault());
})"""
"""Gradio aborts its open streams when a page is left and logs each as an error; nobody is there to see it.
Whether a stream is open at a reload depends on timing, so what is logged after leaving is not counted."""


def chromium_path() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


class Visit:
    """An open page that records its requests to other hosts, errors, dialogs and blocked scripts."""

    def __init__(self, browser: Any, address: str, **options: Any) -> None:
        self.context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self.context.add_init_script(QUIET_ON_LEAVING)
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

    def begin_anew(self) -> None:
        """Start a new conversation and wait for the welcome screen."""
        self.page.get_by_role("button", name="New conversation").click()
        self.page.locator("#welcome").wait_for()

    def texts(self, selector: str) -> list[str]:
        """Return the text of every matching element."""
        return [text.strip() for text in self.page.locator(selector).all_inner_texts()]


@contextmanager
def dateline_chat(archive: Path, *arguments: str) -> Iterator[str]:
    """Run the real command over the sample archive in a subprocess; yields its address."""
    command = [sys.executable, "-m", "ui.cli", "--archive", str(archive), "chat", "--sample", "--port", "0"]
    process = subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield _address(process)
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _address(process: subprocess.Popen[str]) -> str:
    """Read the address from the command's output; a port chosen beforehand might be taken by then."""
    said = []
    for line in process.stdout or ():
        if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
            return found.group()
        said.append(line)
    raise RuntimeError(f"the chat server stopped: {''.join(said)}")
