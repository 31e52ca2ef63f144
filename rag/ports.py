"""The seams of the chain. Each stands here because it has more than one implementation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from index.types import Coverage, Question, ScoredChunk
from rag.types import Checked, Draft, Passage, Sentence, Standalone, Turn, Withheld


class Retriever(Protocol):
    """The archive, as the chain sees it (``index.archive.Archive`` is one)."""

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` chunks the question may see, best first."""
        ...

    def coverage(self, question: Question) -> Coverage:
        """How much of the archive the question may see."""
        ...


class Scorer(Protocol):
    """How well each text answers a question: the reranker's and the extractive reader's judgement."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """One value in 0..1 a text; comparable across questions as far as the scorer is calibrated."""
        ...


class SupportScores(Protocol):
    """Three probabilities that sum to 1."""

    @property
    def supported(self) -> float:
        """The evidence bears the claim out."""
        ...

    @property
    def refuted(self) -> float:
        """The evidence says otherwise."""
        ...

    @property
    def not_enough_info(self) -> float:
        """The evidence does not say."""
        ...


class SupportJudge(Protocol):
    """Judges support as a whole (``rag.evidence.model.EvidenceModel`` is one)."""

    def supports(self, pairs: Sequence[tuple[str, str]]) -> Sequence[SupportScores]:
        """Probabilities for each (claim, evidence)."""
        ...


class Reader(Protocol):
    """Writes a draft from numbered passages."""

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The draft; one without sentences where the passages do not answer."""
        ...


class Verifier(Protocol):
    """Checks one drafted sentence against the passages it cites."""

    def verify(self, sentence: Sentence, passages: Sequence[Passage]) -> Checked:
        """The verdict and the exact words the sentence rests on."""
        ...


class Reranker(Protocol):
    """Orders what was retrieved and numbers what the reader gets."""

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages, best first, numbered from 1, each text once."""
        ...


@runtime_checkable
class Reviser(Protocol):
    """A reader that writes sentence by sentence and can be told why sentences were withheld."""

    def write(self, question: str, passages: Sequence[Passage]) -> Iterator[Sentence]:
        """The draft's sentences as they are written."""
        ...

    def revise(self, question: str, passages: Sequence[Passage], withheld: Sequence[Withheld]) -> Iterator[Sentence]:
        """Corrected sentences in place of those withheld."""
        ...


class Rewriter(Protocol):
    """Makes a follow-up question stand alone."""

    def rewrite(self, question: str, turns: Sequence[Turn]) -> Standalone:
        """The question as it would have been asked first."""
        ...
