"""One chatbot for many users: so many questions at a time, equal ones answered once, the rest in order."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

from index.types import Question
from rag.events import Done, Event, Reading, Searching
from rag.types import Reply, Turn
from ui.ports import Asked
from ui.serving.queue import Queue, TooBusy
from ui.serving.tape import Tape

WAITING = 64
"""Questions that may wait; more are refused with a sentence."""


class Desk:
    """A chatbot (``ui.ports.Asked``) that shares the processor between its users. Safe between threads.

    Whoever stops listening costs nothing from the next event on: its question leaves the queue, or its work ends.
    """

    def __init__(
        self, chatbot: Asked, *, at_once: int = 2, waiting: int = WAITING, drafted_elsewhere: bool = False
    ) -> None:
        """Puts limits on a chatbot.

        Args:
            chatbot: who answers.
            at_once: questions worked on at the same time; more than cores only makes all of them slow.
            waiting: further questions that may wait.
            drafted_elsewhere: a language model on a server writes the draft. Its time is not ours, so a question gives
                up its turn once its passages are found, and a model that stalls holds up nobody else.
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
        """Questions that are being answered or wait."""
        return self._listeners

    @property
    def waiting(self) -> int:
        """Questions that wait for their turn."""
        return self._queue.waiting

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        """The reply.

        Raises:
            TooBusy: too many questions are waiting.
        """
        for event in self.stream(question, turns):
            if isinstance(event, Done):
                return event.reply
        raise AssertionError("a stream ends with Done")

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        """Steps, claims, and last the reply; what another user asks at the same time is listened to together.

        Raises:
            TooBusy: too many questions are waiting.
        """
        tape = self._join(question, turns)
        try:
            yield from tape.listen()
        finally:
            self._leave(question, tape)

    def _join(self, question: Question, turns: Sequence[str | Turn]) -> Tape[Event]:
        with self._lock:
            if self._listeners >= self._most:
                raise TooBusy(f"{self._listeners} questions are being answered or wait already; ask again in a moment.")
            self._listeners += 1
            # Follow-ups depend on the replies before them, which hardly ever are the same for two users.
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
        """The chatbot's events. Its first needs no turn; the last of ours is given back however this ends."""
        holding = False
        try:
            for event in self._chatbot.stream(question, turns):
                yield event
                if isinstance(event, Searching):
                    waited = self._queue.take()
                    holding = True
                    if waited:
                        yield event  # again, so that who left meanwhile is missed before any work is done
                elif isinstance(event, Reading) and self._drafted_elsewhere:
                    self._queue.give_back()
                    holding = False
        finally:
            if holding:
                self._queue.give_back()
