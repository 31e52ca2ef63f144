"""One question and the state of its reply, as the chat window shows it. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Question
from rag.events import Checking, ClaimReady, Done, Event, Reading, Searching
from rag.turns import Turn
from rag.types import Answer, Citation, Claim, Reply


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, the latest step, the verified sentences, and at the end a reply or a problem.

    Attributes:
        number: Position in the conversation, from 1.
        question: The question with its limits.
        searched: Number of articles within the limits.
        step: The latest step, or None once the exchange is over.
        claims: The verified sentences so far.
        citations: The citations of ``claims``.
        reply: The finished reply.
        problem: One sentence for the user if asking failed.
        stopped: Whether the user stopped it; the sentences verified by then stay.
        rated: The user's rating: "up", "down" or empty.
        changed: Numbers of the sources whose articles no longer hold the quote.
        gone: Numbers of the sources whose articles are no longer in the archive.
        talk: The browser's key of the conversation.
    """

    number: int
    question: Question
    searched: int = 0
    step: Searching | Reading | Checking | None = None
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    reply: Reply | None = None
    problem: str | None = None
    stopped: bool = False
    rated: str = ""
    changed: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()
    talk: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the exchange has ended."""
        return self.stopped or self.reply is not None or self.problem is not None

    @property
    def turn(self) -> Turn:
        """The exchange as context for a follow-up question."""
        return Turn(question=self.question.text, reply=self.reply)


def numbered(exchanges: Sequence[Exchange], number: object) -> Exchange | None:
    """Return the exchange with the number that the page sent, or None."""
    return next((one for one in exchanges if str(one.number) == str(number)), None)


def advance(exchange: Exchange, event: Event) -> Exchange:
    """Return the exchange after one more event."""
    match event:
        case ClaimReady(claim=claim, citations=citations):
            known = {citation.number for citation in exchange.citations}
            new = tuple(citation for citation in citations if citation.number not in known)
            return replace(exchange, claims=(*exchange.claims, claim), citations=(*exchange.citations, *new))
        case Done(reply=reply):
            return finished(exchange, reply)
        case _:
            return replace(exchange, step=event)


def finished(exchange: Exchange, reply: Reply) -> Exchange:
    """Return the exchange with its reply."""
    match reply:
        case Answer(claims=claims, citations=citations):
            return replace(exchange, reply=reply, step=None, claims=claims, citations=citations)
        case _:
            return replace(exchange, reply=reply, step=None, claims=(), citations=())
