"""Data types of a conversation: its earlier turns, and a question that is understood without them."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import ScoredChunk
from rag.types import Reply


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and its reply (None if only the question is known).

    ``found`` holds the first search results for a question whose reply is not known.
    """

    question: str
    reply: Reply | None = None
    found: tuple[ScoredChunk, ...] = ()


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question that can be understood without the conversation; ``note`` says what went wrong in rewriting it."""

    text: str
    note: str | None = None
