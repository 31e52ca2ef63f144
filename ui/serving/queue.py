"""A fair semaphore for the processor: first come, first served."""

from __future__ import annotations

import threading
from collections import deque

from index.errors import EnvironmentProblem

RETRY_AFTER_S = 5
"""Seconds that a rejected client is told to wait."""


class TooBusy(EnvironmentProblem):
    """The server has too many questions in progress or waiting."""


class Queue:
    """Admits at most ``at_once`` holders at a time, in strict order of arrival. Thread-safe.

    The standard library's semaphore lets newcomers overtake waiting threads, which causes long tail latencies.
    """

    def __init__(self, at_once: int) -> None:
        self._free = at_once
        self._waiting: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take a slot, waiting for one if necessary; returns whether it had to wait."""
        with self._lock:
            if self._free:
                self._free -= 1
                return False
            called = threading.Event()
            self._waiting.append(called)
        called.wait()
        return True

    def give_back(self) -> None:
        """Release a slot to the thread that has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1

    @property
    def waiting(self) -> int:
        """Number of waiting threads."""
        return len(self._waiting)
