"""A generator shared by several threads: each gets every item, and each item is produced once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Tape(Generic[Item]):
    """A recorded generator. The first listener to reach the end produces the next item while the others wait.

    So it needs no thread of its own, and nothing is produced unless a listener asks for it.
    """

    def __init__(self, source: Iterator[Item]) -> None:
        self._source = source
        self._items: list[Item] = []
        self._making = threading.Lock()
        self._problem: Exception | None = None
        self.is_over = False
        self.listeners = 0  # maintained by the owner of the tape

    def listen(self) -> Iterator[Item]:
        """Yield every item from the first; an exception in the source is raised in each listener."""
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
        """Close the source once nobody listens any more."""
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
        except Exception as problem:  # noqa: BLE001  (raised again in the listeners)
            self.is_over = True
            self._problem = problem
