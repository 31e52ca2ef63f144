"""A generator that several threads listen to: each hears every item, and none is made twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Tape(Generic[Item]):
    """Whoever comes to the end of what is there makes the next item, while the others wait for it.

    So there is no thread of its own to keep or to stop: nothing is made that nobody asks for.
    """

    def __init__(self, source: Iterator[Item]) -> None:
        self._source = source
        self._items: list[Item] = []
        self._making = threading.Lock()
        self._problem: Exception | None = None
        self.is_over = False
        self.listeners = 0  # kept by whoever hands the tape out

    def listen(self) -> Iterator[Item]:
        """Every item from the first on; an error of the source is raised to each listener."""
        heard = 0
        while True:
            with self._making:
                if heard == len(self._items) and not self.is_over:
                    self._make()
            if heard == len(self._items):
                break
            yield self._items[heard]
            heard += 1
        if self._problem:
            raise self._problem

    def close(self) -> None:
        """End the source where it stands; for when nobody listens any more."""
        close = getattr(self._source, "close", None)
        with self._making:
            self.is_over = True
            if close:
                close()

    def _make(self) -> None:
        try:
            self._items.append(next(self._source))
        except StopIteration:
            self.is_over = True
        except Exception as problem:  # noqa: BLE001  (it belongs to the listeners)
            self.is_over = True
            self._problem = problem
