"""Measures how long each step of a reply takes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")


class Stopwatch:
    """Accumulates wall time by step, in milliseconds, and the total since creation."""

    def __init__(self, *steps: str) -> None:
        """Starts the clock; ``steps`` are reported even if they take no time."""
        self._start = time.perf_counter()
        self._spent = dict.fromkeys(steps, 0.0)

    @contextmanager
    def timing(self, step: str) -> Iterator[None]:
        """Adds the time spent in the ``with`` block to ``step``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._spent[step] = self._spent.get(step, 0.0) + (time.perf_counter() - start) * 1000

    def each(self, step: str, items: Iterable[Item]) -> Iterator[Item]:
        """Yields the items, adding to ``step`` the time to produce each, but not the time the caller spends on it."""
        iterator = iter(items)
        while True:
            with self.timing(step):
                try:
                    item = next(iterator)
                except StopIteration:
                    return
            yield item

    def milliseconds(self) -> dict[str, float]:
        """Milliseconds by step, and ``total``."""
        return {**self._spent, "total": (time.perf_counter() - self._start) * 1000}
