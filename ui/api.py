"""The one endpoint of Gradio's own API; the REST and OpenAI-compatible endpoints are in ``ui.serving``."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from rag.wire import reply_json
from ui.actions import Window
from ui.ports import ChatbotPort
from ui.serving.follow import events_of, reply_from


def ask_endpoint(chatbot: ChatbotPort) -> Callable[..., Coroutine[Any, Any, dict[str, Any]]]:
    """Return the function behind ``/ask``; its signature is the endpoint's schema."""

    async def ask(  # noqa: PLR0917  (Gradio's protocol calls by position)
        question: str,
        as_of: str = "",
        since: str = "",
        until: str = "",
        outlets: list[str] | None = None,
        turns: list[str] | None = None,
    ) -> dict[str, Any]:
        """Answer a question from the archive with citations, or say that the articles do not answer it.

        Dates are ISO 8601, such as 2026-05-04 or a time with its zone; empty for none. `turns` are the earlier
        questions of the conversation, oldest first. Returns the same JSON as `dateline ask --json`.
        """
        window = Window(as_of, since, until, tuple(outlets or ()))
        return reply_json(await reply_from(events_of(chatbot, question, window, turns or ())))

    return ask
