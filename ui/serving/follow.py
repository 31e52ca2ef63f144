"""Runs the chatbot for an endpoint and stops it when the client disconnects."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Sequence
from functools import partial
from typing import TypeVar

from starlette.requests import Request

from index.types import Question
from rag.events import Done, Event
from rag.types import Reply
from ui.actions import REMEMBERED, Window, checked
from ui.background import in_thread
from ui.ports import ChatbotPort

T = TypeVar("T")


class ClientGone(Exception):
    """The client has disconnected."""


def events_of(chatbot: ChatbotPort, text: str, window: Window, turns: Sequence[str] = ()) -> AsyncIterator[Event]:
    """Ask within limits and after earlier questions (oldest first); the chatbot runs in a separate thread.

    Raises:
        BadInput: The question or a limit is invalid.
    """
    question = checked(window.question(text))
    earlier = [checked(Question(turn.strip())).text for turn in turns[-REMEMBERED:]]
    return in_thread(partial(chatbot.stream, question, earlier))


async def reply_from(events: AsyncIterator[Event]) -> Reply:
    """Return the reply at the end of a stream of events."""
    async for event in events:
        if isinstance(event, Done):
            return event.reply
    raise AssertionError("a stream ends with Done")


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """Return the result of ``work``, which is cancelled as soon as the client disconnects.

    Raises:
        ClientGone: The client disconnected.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_disconnected(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientGone
    finally:
        working.cancel()
        leaving.cancel()


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
