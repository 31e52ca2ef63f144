from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from ui.background import in_thread


async def gather(produce: object) -> list[int]:
    return [item async for item in in_thread(produce)]  # type: ignore[arg-type]


def test_all_items_arrive_in_order() -> None:
    assert asyncio.run(gather(lambda: iter(range(5)))) == [0, 1, 2, 3, 4]


def test_an_error_in_the_thread_is_raised_in_the_consumer() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(gather(failing))


def test_a_consumer_can_leave_while_the_thread_is_blocked_and_the_thread_ends_afterwards() -> None:
    hanging, ended, released = threading.Event(), threading.Event(), threading.Event()

    def stalled() -> Iterator[int]:
        try:
            yield 1
            hanging.set()
            released.wait(30)
            yield 2
            yield 3
        finally:
            ended.set()

    async def leave() -> None:
        follow = in_thread(stalled)
        assert await anext(follow) == 1
        await follow.aclose()  # type: ignore[attr-defined]

    asyncio.run(leave())
    assert hanging.wait(10)
    assert not ended.is_set()
    released.set()
    assert ended.wait(10)
