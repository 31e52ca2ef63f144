"""How long each step of a reply takes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


class Stopwatch:
    """Adds up wall time by step, in milliseconds, and the total since it was made."""

    def __init__(self, *steps: str) -> None:
        """``steps`` are told even where they take no time."""
        self._start = time.perf_counter()
        self._spent = dict.fromkeys(steps, 0.0)

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        """Counts the time inside the block for ``step``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._spent[step] = self._spent.get(step, 0.0) + (time.perf_counter() - start) * 1000

    def each(self, step: str, items: Iterable[Item]) -> Iterator[Item]:
        """Counts the time spent waiting for each item, not the time spent on it."""
        waiting = iter(items)
        while True:
            with self.timing(step):
                try:
                    item = next(waiting)
                except StopIteration:
                    return
            yield item

    def milliseconds(self) -> dict[str, float]:
        """Time by step, and ``total``."""
        return {**self._spent, "total": (time.perf_counter() - self._start) * 1000}
