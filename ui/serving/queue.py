"""Turns at the processor, taken in the order of asking."""

from __future__ import annotations

import threading
from collections import deque

from index.errors import EnvironmentProblem

RETRY_AFTER_S = 5
"""What a refused client is told to wait."""


class TooBusy(EnvironmentProblem):
    """More questions are being answered and waiting than the server takes."""


class Queue:
    """Lets ``at_once`` holders in at a time, the others strictly in the order they came. Safe between threads.

    A semaphore of the standard library lets newcomers overtake those that wait, which makes a long tail.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Wait for a turn; tells whether there was any waiting."""
        with self._lock:
            if self._free:
                self._free -= 1
                return False
            called = threading.Event()
            self._waiting.append(called)
        called.wait()
        return True

    def give_back(self) -> None:
        """End a turn; it goes to whoever has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)
