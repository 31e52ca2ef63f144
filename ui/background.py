"""Blocking generators, followed from the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TypeVar

T = TypeVar("T")


async def in_thread(produce: Callable[[], Iterator[T]]) -> AsyncIterator[T]:
    """What ``produce`` yields, made in a thread of its own.

    Whoever stops listening is free at once, even while the thread hangs in a call that cannot be interrupted (a
    language model that stalls); the thread then ends with its next item. An error in it is raised here.
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
        except Exception as problem:  # noqa: BLE001  (it belongs to the listener)
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
    """Nothing more comes, perhaps because of ``problem``."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
