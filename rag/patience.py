"""Waiting no longer than asked for what another library's iterator gives, whether or not that library can time out."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    """Nothing more comes; ``error`` is what ended it early."""

    error: Exception | None = None


def patiently(make: Callable[[], Iterator[T]], seconds: float) -> Iterator[T]:
    """The items of ``make()``, each within ``seconds`` of the one before (the first: of the start).

    The iterator lives in a thread of its own. One that hangs is left behind there and ends with the process.

    Raises:
        TimeoutError: nothing came for ``seconds``.
    """
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
            try:
                item = waiting.get(timeout=seconds)
            except queue.Empty:
                raise TimeoutError(f"nothing came for {seconds:g} s") from None
            if isinstance(item, _End):
                if item.error:
                    raise item.error
                return
            yield item
    finally:
        gone.set()
