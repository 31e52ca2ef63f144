"""Waiting no longer than asked for what another library's iterator gives, whether or not that library can time out."""

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
    """Nothing more comes; ``error`` is what ended it early."""

    error: Exception | None = None


class EndlessTimeoutError(TimeoutError):
    """Something came all the time, and the end did not."""


def patiently(make: Callable[[], Iterator[T]], seconds: float, *, in_all: float | None = None) -> Iterator[T]:
    """The items of ``make()``, each within ``seconds`` of the one before (the first: of the start), within ``in_all``.

    The iterator lives in a thread of its own. One that hangs is left behind there and ends with the process.

    Raises:
        TimeoutError: nothing came for ``seconds``.
        EndlessTimeoutError: the end did not come within ``in_all``.
    """
    ends = None if in_all is None else time.monotonic() + in_all
    waiting: queue.SimpleQueue[T | _End] = queue.SimpleQueue()
    gone = threading.Event()

    def work() -> None:
        try:
            for item in make():
                if gone.is_set():
                    return
                waiting.put(item)
        except Exception as error:  # noqa: BLE001  (raised again where the items are read)
            waiting.put(_End(error))
        else:
            waiting.put(_End())

    threading.Thread(target=work, daemon=True, name="patiently").start()
    try:
        while True:
            if ends is not None and time.monotonic() > ends:
                raise EndlessTimeoutError(f"it went on for over {in_all:g} s")
            item = _next(waiting, seconds)
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        gone.set()


def _next(waiting: queue.SimpleQueue[T | _End], seconds: float) -> T | _End:
    try:
        return waiting.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"nothing came for {seconds:g} s") from None
