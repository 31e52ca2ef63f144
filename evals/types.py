"""Shared types of the evaluation suite: cases, scores, judgements and summaries. No third-party imports."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from index.types import Question
from rag.evidence.examples import Trained
from rag.types import AbstentionReason, Certainty, Support


class Expect(StrEnum):
    """The expected behaviour on a case."""

    ANSWER = "answer"
    REFUSE = "refuse"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Relevant:
    """An article that answers a case, and the exact words in it that do; without quotes, the whole article counts."""

    article_id: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a golden set and what is expected of the reply.

    ``turns`` are the user's earlier questions in the same conversation, oldest first. If given, ``speaker`` must be
    credited and ``certainty`` kept. ``note`` is for people who edit the set; no measure reads it.
    """

    id: str
    question: str
    expect: Expect
    turns: tuple[str, ...] = ()
    as_of: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()
    reason: AbstentionReason | None = None
    relevant: tuple[Relevant, ...] = ()
    answers: tuple[str, ...] = ()
    speaker: str | None = None
    certainty: Certainty | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None

    @property
    def story(self) -> str:
        """The cluster of the case. Cases of one story are not independent, so intervals resample whole stories.

        It is the tag ``story:…``; without one, the first relevant article; without that, the case itself.
        """
        for tag in self.tags:
            if tag.startswith("story:"):
                return tag
        return self.relevant[0].article_id if self.relevant else self.id

    @property
    def answerable(self) -> bool:
        """Whether an answer (or a shown conflict) is expected, as opposed to a refusal."""
        return self.expect is not Expect.REFUSE

    def asked(self, text: str | None = None) -> Question:
        """The question for the chatbot with the case's filters; ``text`` replaces it for an earlier turn."""
        return Question(text or self.question, self.as_of, self.since, self.until, self.outlets)


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """What scoring needs of an article that a reply cites or retrieved; only cited ones have ``text``."""

    id: str
    known_from: datetime | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A crash of the chatbot, or a malformed reply. It counts as a wrong answer and is listed separately."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Score:
    """One measure on one case: a finite value, or None with the reason why it does not apply.

    ``weight`` is the number of units (claims, citations) that the value is the mean of; usually 1.
    """

    value: float | None
    reason: str | None = None
    weight: float = 1.0

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("a score has either a value or a reason why there is none")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"a score is a finite number, got {self.value}")
        if not self.weight > 0:
            raise ValueError(f"a score's weight is above zero, got {self.weight}")


def missing(reason: str) -> Score:
    """A score that does not apply, with the reason."""
    return Score(None, reason)


def share(hits: Sequence[bool]) -> Score:
    """The share of units that are right, weighted by their number (at least one)."""
    return Score(sum(hits) / len(hits), weight=float(len(hits)))


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the quotes it is judged against."""

    claim: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judge's decision on a pair. ``support`` None means "no verdict", which is counted and is never support.

    ``score`` is the probability of support, 0 to 1, if the judge gives one. ``share`` is its mean over the sentences of
    a claim with several: the expected share of supported sentences.
    """

    support: Support | None
    score: float | None = None
    reasons: tuple[str, ...] = ()
    share: float | None = None

    @property
    def graded(self) -> float | None:
        """Faithfulness on a scale of 0 to 1, to compare with people's ratings: ``share`` if given, else ``score``."""
        return self.score if self.share is None else self.share

    @property
    def supported(self) -> bool:
        """Whether the evidence supports the claim."""
        return self.support is Support.SUPPORTED


class Judge(Protocol):
    """Decides whether evidence supports a claim."""

    @property
    def name(self) -> str:
        """Name of the judge and its model; its card is filed under it."""
        ...

    @property
    def costly(self) -> bool:
        """Whether to cache its verdicts, because asking again costs money or may give another answer."""
        ...

    @property
    def trained_on(self) -> Mapping[str, Trained] | None:
        """Which labelled sets the judge was trained on; sets not named were not used. None if this is unknown."""
        ...

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement per pair, in the same order."""
        ...


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A measure over all cases: weighted mean with 95 % interval, number of measured cases, and of all cases.

    ``value`` is None if no case could be measured. ``missing`` counts the reasons why cases could not be.
    """

    value: Interval | None
    measured: int
    cases: int
    missing: Mapping[str, int] = field(default_factory=dict)
