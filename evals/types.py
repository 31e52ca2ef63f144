"""What the evaluation suite passes around: cases, records, scores, summaries. Frozen, and knows no library."""

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
    """What a good chatbot does with a case."""

    ANSWER = "answer"
    REFUSE = "refuse"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Relevant:
    """An article that answers a case, and the exact words in it that do (none: the whole article)."""

    article_id: str
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One question of a golden set with what is expected of the reply.

    ``turns`` are the user's earlier questions of the same conversation, oldest first. ``speaker`` must be credited and
    ``certainty`` kept where they are given. ``note`` is for people who edit the set; no measure reads it.
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
        """Cases of one story are not independent: intervals resample stories, not cases.

        The tag ``story:…`` names it; else the first relevant article does; else the case stands alone.
        """
        for tag in self.tags:
            if tag.startswith("story:"):
                return tag
        return self.relevant[0].article_id if self.relevant else self.id

    @property
    def answerable(self) -> bool:
        """Whether an answer (or a shown conflict) is right, rather than a refusal."""
        return self.expect is not Expect.REFUSE

    def asked(self, text: str | None = None) -> Question:
        """The question as the chatbot gets it; ``text`` stands in for an earlier turn of the conversation."""
        return Question(text or self.question, self.as_of, self.since, self.until, self.outlets)


@dataclass(frozen=True, slots=True)
class CitedArticle:
    """What scoring needs of an article that a reply cites or retrieved; ``text`` only of cited ones."""

    id: str
    known_from: datetime | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A chatbot that crashed or sent what is no reply: a wrong answer, listed by itself."""

    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Score:
    """One measure on one case: a finite value, or None with the reason why it does not apply.

    ``weight`` counts how many units (claims, citations) the value is the mean of.
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
    """A score that does not apply, and why."""
    return Score(None, reason)


def share(hits: Sequence[bool]) -> Score:
    """The share of units that are right, weighted by how many there are (at least one)."""
    return Score(sum(hits) / len(hits), weight=float(len(hits)))


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and the evidence it is judged against, quote by quote."""

    claim: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge made of a pair. ``support`` None is "no verdict": counted, and never taken for support.

    ``score`` is the probability of support, 0 to 1, where the judge gives one; ``share`` the mean of that over the
    sentences of a claim of several, the share expected to be supported.
    """

    support: Support | None
    score: float | None = None
    reasons: tuple[str, ...] = ()
    share: float | None = None

    @property
    def graded(self) -> float | None:
        """How faithful on a scale, 0 to 1, as people rate: ``share``, or ``score`` of a single sentence."""
        return self.score if self.share is None else self.share

    @property
    def supported(self) -> bool:
        """Whether the evidence bears the claim out."""
        return self.support is Support.SUPPORTED


class Judge(Protocol):
    """Decides whether evidence bears a claim out."""

    @property
    def name(self) -> str:
        """Names the judge and what it runs on, as its card does."""
        ...

    @property
    def costly(self) -> bool:
        """Whether its verdicts are kept: asking again costs money, or gives another answer."""
        ...

    @property
    def trained_on(self) -> Mapping[str, Trained] | None:
        """How far it learned from labelled sets, from those not named not at all; None where nothing is told of it."""
        ...

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """One judgement a pair, in the same order."""
        ...


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A measure over all cases: weighted mean with its 95 % interval, how many cases it rests on, why not the others.

    ``value`` is None where no case could be measured. ``missing`` counts the reasons.
    """

    value: Interval | None
    measured: int
    cases: int
    missing: Mapping[str, int] = field(default_factory=dict)

    @property
    def coverage(self) -> float:
        """The share of cases the measure applied to, 0 to 1."""
        return self.measured / self.cases if self.cases else 0.0
