"""Following the chatbot from an endpoint: the work ends when the client goes away."""

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
from ui.ports import Asked

T = TypeVar("T")


class ClientGone(Exception):
    """Nobody is there to read the response any more."""


def events_of(chatbot: Asked, text: str, window: Window, turns: Sequence[str] = ()) -> AsyncIterator[Event]:
    """Asks, within limits and after earlier questions (oldest first); made in a thread of its own.

    Raises:
        BadInput: the question or a limit cannot be worked with.
    """
    question = checked(window.question(text))
    earlier = [checked(Question(turn.strip())).text for turn in turns[-REMEMBERED:]]
    return in_thread(partial(chatbot.stream, question, earlier))


async def reply_from(events: AsyncIterator[Event]) -> Reply:
    """The reply that a stream of events ends with."""
    async for event in events:
        if isinstance(event, Done):
            return event.reply
    raise AssertionError("a stream ends with Done")


async def while_connected(request: Request, work: Awaitable[T]) -> T:
    """What ``work`` gives; it is cancelled as soon as the client hangs up.

    Raises:
        ClientGone: it did.
    """
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_hangs_up(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise ClientGone
    finally:
        working.cancel()
        leaving.cancel()


async def _hangs_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
