"""One question and what has happened to it so far: the state the chat window shows. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.types import Question
from rag.events import Checking, ClaimReady, Done, Event, Reading, Searching
from rag.types import Answer, Citation, Claim, Reply, Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question, the latest step, the sentences that passed, and in the end a reply or a problem.

    ``citations`` are those of ``claims``, by number; ``searched`` counts the articles that the question may see.
    ``problem`` is one sentence for the user. ``stopped`` means that the user ended it; the sentences that had passed
    by then stay. ``rated`` is what the user said of it ("up", "down" or nothing); ``changed`` and ``gone`` are the
    numbers of sources whose articles no longer hold the quote, or are no longer in the archive. ``talk`` is the name by
    which the browser keeps the conversation it belongs to.
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
        """Whether nothing more will come."""
        return self.stopped or self.reply is not None or self.problem is not None

    @property
    def turn(self) -> Turn:
        """What a follow-up question needs to know of it."""
        return Turn(question=self.question.text, reply=self.reply)


def numbered(exchanges: Sequence[Exchange], number: object) -> Exchange | None:
    """The exchange of a number as the page sends it; None where there is none."""
    return next((one for one in exchanges if str(one.number) == str(number)), None)


def advance(exchange: Exchange, event: Event) -> Exchange:
    """The exchange after one more event."""
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
    """The exchange with its reply."""
    match reply:
        case Answer(claims=claims, citations=citations):
            return replace(exchange, reply=reply, step=None, claims=claims, citations=citations)
        case _:
            return replace(exchange, reply=reply, step=None, claims=(), citations=())
