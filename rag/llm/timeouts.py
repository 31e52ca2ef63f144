"""Adds a timeout to any iterator, even one from a library that has none of its own."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    """The end of the items; ``error`` is the exception that ended them early, if any."""

    error: Exception | None = None


class EndlessTimeoutError(TimeoutError):
    """Items kept coming, but the iterator did not end in time."""


def with_timeout(make: Callable[[], Iterator[T]], seconds: float, *, in_all: float | None = None) -> Iterator[T]:
    """Yields the items of ``make()``, with a timeout for each item and for all of them.

    The iterator runs in a daemon thread. One that hangs is abandoned there and ends with the process.

    Args:
        make: creates the iterator; called in the thread.
        seconds: maximum wait for each item.
        in_all: maximum time in seconds for all items; None for no limit.

    Raises:
        TimeoutError: no item came for ``seconds``.
        EndlessTimeoutError: the iterator did not end within ``in_all``.
    """
    deadline = None if in_all is None else time.monotonic() + in_all
    items: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    abandoned = threading.Event()

    def work() -> None:
        try:
            for item in make():
                if abandoned.is_set():
                    return
                items.put(item)
        except Exception as error:  # noqa: BLE001  (raised again where the items are read)
            items.put(_End(error))
        else:
            items.put(_End())

    threading.Thread(target=work, daemon=True, name="with_timeout").start()
    try:
        while True:
            if deadline is not None and time.monotonic() > deadline:
                raise EndlessTimeoutError(f"no end within {in_all:g} s")
            item = _next(items, seconds)
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        abandoned.set()


def _next(items: queue.SimpleQueue[T | _End], seconds: float) -> T | _End:
    try:
        return items.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"nothing received for {seconds:g} s") from None
