"""The one documented endpoint of the chat window's server."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rag.wire import reply_json
from ui.actions import Window, checked
from ui.ports import Asked


def ask_endpoint(chatbot: Asked) -> Callable[..., dict[str, Any]]:
    """The function behind ``/ask``; its signature is the endpoint's schema."""

    def ask(
        question: str, as_of: str = "", since: str = "", until: str = "", outlets: list[str] | None = None
    ) -> dict[str, Any]:
        """Answer a question from the archive, with citations, or say that the articles do not.

        Dates are 2026-05-04 or a time with its zone; empty for none. Returns the same JSON as `dateline ask --json`.
        """
        window = Window(as_of, since, until, tuple(outlets or ()))
        return reply_json(chatbot.ask(checked(window.question(question))))

    return ask
