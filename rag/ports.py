"""Protocols for the replaceable parts of the chain; each has more than one implementation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from index.types import Coverage, Question, ScoredChunk
from rag.turns import Standalone, Turn
from rag.types import Checked, Draft, Passage, Sentence, Withheld


class Retriever(Protocol):
    """Searches the archive (implemented by ``index.archive.Archive``)."""

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` chunks within the question's dates and outlets, best first."""
        ...

    def coverage(self, question: Question) -> Coverage:
        """How much of the archive is within the question's dates and outlets."""
        ...


class Scorer(Protocol):
    """Scores how well texts answer a question; used by the reranker and the extractive reader."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score in 0..1 for each text; comparable across questions only if the scorer is calibrated."""
        ...


class SupportScores(Protocol):
    """Three probabilities that sum to 1."""

    @property
    def supported(self) -> float:
        """The evidence supports the claim."""
        ...

    @property
    def refuted(self) -> float:
        """The evidence contradicts the claim."""
        ...

    @property
    def not_enough_info(self) -> float:
        """The evidence neither supports nor contradicts the claim."""
        ...


class SupportJudge(Protocol):
    """Judges whether evidence supports a claim as a whole (implemented by ``rag.evidence.model.EvidenceModel``)."""

    def supports(self, pairs: Sequence[tuple[str, str]]) -> Sequence[SupportScores]:
        """Probabilities for each pair (claim, evidence), in order."""
        ...


class Reader(Protocol):
    """Writes a draft from numbered passages."""

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The draft; without sentences if the passages do not answer the question."""
        ...


class Verifier(Protocol):
    """Checks one drafted sentence against the passages it cites."""

    def verify(self, sentence: Sentence, passages: Sequence[Passage]) -> Checked:
        """The verdict, and the exact words that support the sentence."""
        ...


class Reranker(Protocol):
    """Orders the retrieved chunks and numbers the passages for the reader."""

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages, best first, numbered from 1, without duplicate texts."""
        ...


@runtime_checkable
class Reviser(Protocol):
    """A reader that streams its sentences and can correct those that were withheld."""

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        """The draft's sentences as they are written."""
        ...

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        """Corrections of the withheld sentences, given the reasons in their verdicts."""
        ...


class Rewriter(Protocol):
    """Makes a follow-up question stand alone."""

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The question, reworded so that it can be understood without the earlier turns."""
        ...
