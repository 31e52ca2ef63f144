"""Run a blocking generator in a thread and iterate over it from the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


async def in_thread(produce: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
    """Yield what ``produce`` yields, running it in a separate thread.

    A consumer that stops iterating is released at once, even while the thread is blocked in a call that cannot be
    interrupted (a stalled language model); the thread then ends at its next item. Exceptions in the thread are raised
    in the consumer.
    """
    loop = asyncio.get_running_loop()
    items: asyncio.Queue[T | _End] = asyncio.Queue()
    abandoned = threading.Event()

    def work() -> None:
        end = _End()
        try:
            for item in produce():
                if abandoned.is_set():
                    return
                loop.call_soon_threadsafe(items.put_nowait, item)
        except Exception as problem:  # noqa: BLE001  (raised again in the consumer)
            end = _End(problem)
        if not abandoned.is_set():
            loop.call_soon_threadsafe(items.put_nowait, end)

    threading.Thread(target=work, name="answering", daemon=True).start()
    try:
        while not isinstance(item := await items.get(), _End):
            yield item
        if item.problem:
            raise item.problem
    finally:
        abandoned.set()


class _End:
    """Marks the end of the stream, with the exception that ended it, if any."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
