"""What happens while a reply is made, one event after the other: for the chat window and for progress lines."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Citation, Claim, Reply


@dataclass(frozen=True, slots=True)
class Searching:
    """The archive is being searched for ``question``, made to stand alone; ``notes`` say how, where it matters."""

    question: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader has been handed this many passages."""

    passages: int


@dataclass(frozen=True, slots=True)
class Checking:
    """Sentence number ``sentence`` of the draft, counted from 1, is being checked against its evidence."""

    sentence: int


@dataclass(frozen=True, slots=True)
class ClaimReady:
    """A sentence passed; ``citations`` are the ones it cites, in its own order."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The reply is complete."""

    reply: Reply


Step = Searching | Reading | Checking
Event = Step | ClaimReady | Done
