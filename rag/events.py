"""Events emitted while a reply is produced, for the chat window and for progress output."""

from __future__ import annotations

from dataclasses import dataclass

from rag.types import Citation, Claim, Reply


@dataclass(frozen=True, slots=True)
class Searching:
    """The archive is being searched for ``question``, in its standalone form; ``notes`` may say how that was made."""

    question: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """The reader has received this many passages."""

    passages: int


@dataclass(frozen=True, slots=True)
class Checking:
    """Sentence number ``sentence`` of the draft (from 1) is being checked against its evidence."""

    sentence: int


@dataclass(frozen=True, slots=True)
class ClaimReady:
    """A sentence was verified; ``citations`` are those it cites, in the order it cites them."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The reply is complete."""

    reply: Reply


Step = Searching | Reading | Checking
Event = Step | ClaimReady | Done
