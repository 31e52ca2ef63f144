"""One chatbot for many users: limited concurrency, a fair queue, and one computation for identical questions."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from index.types import Question
from rag.events import Done, Event, Reading, Searching
from rag.turns import Turn
from rag.types import Reply
from ui.ports import ChatbotPort
from ui.serving.queue import Queue, TooBusy
from ui.serving.tape import Tape

WAITING = 64
"""Maximum number of waiting questions; further ones are rejected with ``TooBusy``."""


class Desk:
    """A chatbot (``ui.ports.ChatbotPort``) that shares the processor between its users. Thread-safe.

    When a client stops iterating, its question leaves the queue or its work ends at the next event.
    """

    def __init__(
        self, chatbot: ChatbotPort, *, at_once: int = 2, waiting: int = WAITING, drafted_elsewhere: bool = False
    ) -> None:
        """Create a desk over a chatbot.

        Args:
            chatbot: The chatbot that answers.
            at_once: Number of questions answered concurrently. More than the number of cores slows all of them down.
            waiting: Maximum number of further questions that may wait.
            drafted_elsewhere: Whether a language model on a server writes the draft. It uses no local CPU time, so a
                question releases its slot once its passages are found, and a stalled model does not block others.
        """
        self._chatbot = chatbot
        self._queue = Queue(at_once)
        self._most = at_once + waiting
        self._drafted_elsewhere = drafted_elsewhere
        self._tapes: dict[Question, Tape[Event]] = {}
        self._listeners = 0
        self._lock = threading.Lock()

    @property
    def open(self) -> int:
        """Number of questions being answered or waiting."""
        return self._listeners

    @property
    def waiting(self) -> int:
        """Number of questions waiting for a slot."""
        return self._queue.waiting

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        """Return the reply.

        Raises:
            TooBusy: Too many questions are waiting.
        """
        for event in self.stream(question, turns):
            if isinstance(event, Done):
                return event.reply
        raise AssertionError("a stream ends with Done")

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        """Yield steps, claims and finally the reply; identical concurrent questions share one computation.

        Raises:
            TooBusy: Too many questions are waiting.
        """
        tape = self._join(question, turns)
        try:
            yield from tape.listen()
        finally:
            self._leave(question, tape)

    def _join(self, question: Question, turns: Sequence[str | Turn]) -> Tape[Event]:
        with self._lock:
            if self._listeners >= self._most:
                raise TooBusy(
                    f"Too many questions are in progress or waiting ({self._listeners}); try again in a moment."
                )
            self._listeners += 1
            # Follow-ups are not shared: they depend on earlier replies, which rarely are the same for two users.
            tape = None if turns else self._tapes.get(question)
            if tape is None:
                tape = Tape(self._answer(question, turns))
                if not turns:
                    self._tapes[question] = tape
            tape.listeners += 1
        return tape

    def _leave(self, question: Question, tape: Tape[Event]) -> None:
        with self._lock:
            self._listeners -= 1
            tape.listeners -= 1
            unheard = not tape.listeners
            if self._tapes.get(question) is tape and (unheard or tape.is_over):
                del self._tapes[question]
        if unheard:
            tape.close()

    def _answer(self, question: Question, turns: Sequence[str | Turn]) -> Iterator[Event]:
        """Yield the chatbot's events, taking a slot after the first one and releasing it however this ends."""
        holding = False
        try:
            for event in self._chatbot.stream(question, turns):
                yield event
                if isinstance(event, Searching):
                    waited = self._queue.take()
                    holding = True
                    if waited:
                        yield event  # again, so that a client that left meanwhile is noticed before any work is done
                elif isinstance(event, Reading) and self._drafted_elsewhere:
                    self._queue.give_back()
                    holding = False
        finally:
            if holding:
                self._queue.give_back()
