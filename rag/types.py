"""The data types of the chain, from retrieved passages to a reply: frozen dataclasses without outside libraries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from index.types import Chunk, Coverage, Reprint, ScoredChunk, Span


class Support(StrEnum):
    """Whether evidence supports a claim (the labels of FEVER, Thorne et al. 2018)."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH_INFO = "not_enough_info"


class Certainty(StrEnum):
    """How certain the source says a statement is."""

    STATED = "stated"
    LIKELY = "likely"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    DENIED = "denied"


class ClaimKind(StrEnum):
    """What a claim is: a report on past or present, a forecast, or an opinion."""

    REPORT = "report"
    FORECAST = "forecast"
    OPINION = "opinion"


class AbstentionReason(StrEnum):
    """Why no answer was given."""

    NOTHING_RETRIEVED = "nothing_retrieved"
    NOT_IN_ARTICLES = "not_in_articles"
    OUTSIDE_DATES = "outside_dates"
    UNSUPPORTED = "unsupported"


class ConflictKind(StrEnum):
    """How sources differ: a later figure supersedes an earlier one, counts differ, or statements contradict."""

    UPDATE = "update"
    COUNT = "count"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as given to the reader, numbered from 1.

    ``score`` is the reranker's. ``found`` is the score of the search (``index.search.fuse``), 0 if there is none. The
    other fields are as in ``ScoredChunk``.
    """

    number: int
    chunk: Chunk
    score: float
    also_in: tuple[str, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    same_story: tuple[str, ...] = ()
    found: float = 0.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a draft and the numbers of the passages that it cites; empty if it cites none."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader wrote.

    Attributes:
        sentences: empty if the passages do not answer the question.
        confidence: the reader's probability that the draft answers the question, 0 to 1; None if it gives none.
        unsure: whether the confidence is so low that the reply must say so.
        notes: sentences for the user about what the draft lacks.
    """

    sentences: tuple[Sentence, ...]
    confidence: float | None = None
    unsure: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether evidence supports a claim; ``score`` is the probability of support, 0 to 1."""

    support: Support
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """The speaker of a statement and the reporting verb, in the source's words."""

    speaker: str
    verb: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words of a passage that support a sentence; ``span`` gives character offsets in the article's text."""

    passage: int
    span: Span


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft sentence after verification.

    ``quotes`` are the exact words that support it; they are empty if it is not supported. In that case ``nearest`` is
    the cited source sentence that comes nearest to it, if any.
    """

    sentence: Sentence
    verdict: Verdict
    quotes: tuple[Quote, ...]
    attribution: Attribution | None = None
    certainty: Certainty = Certainty.STATED
    nearest: Quote | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quote from an article: ``article.text[start:end] == quote``, to the character.

    ``also_in`` lists the ids of other articles that contain the quoted words. ``same_story`` lists those of articles
    with largely the same text as this one: they are not independent of it, even if they differ in a figure.
    """

    number: int
    chunk_id: str
    article_id: str
    title: str | None
    outlet: str | None
    author: str | None
    published: datetime | None
    updated: datetime | None
    url: str | None
    path: Path | None
    quote: str
    start: int
    end: int
    also_in: tuple[str, ...] = ()
    same_story: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A verified sentence that is shown; ``citations`` are the numbers of its citations in the reply."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    attribution: Attribution | None = None
    certainty: Certainty = Certainty.STATED
    kind: ClaimKind = ClaimKind.REPORT

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError(f"a claim needs a citation: {self.text!r}")
        if self.verdict.support is not Support.SUPPORTED:
            raise ValueError(f"a claim that is not supported cannot be shown: {self.text!r}")


@dataclass(frozen=True, slots=True)
class Withheld:
    """A drafted sentence that did not pass, kept with its verdict so that nothing is silently dropped.

    ``nearest`` is the cited source sentence that comes nearest to it, if any.
    """

    text: str
    verdict: Verdict
    nearest: Quote | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Citations that differ on the same fact, oldest first.

    ``says`` gives what each citation says ("nine", "4 May"), in the order of ``citations``; it is empty if the
    difference is not a figure, date, place or cause.
    """

    about: str
    kind: ConflictKind
    citations: tuple[int, ...]
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How a reply was made.

    Attributes:
        standalone_question: the question as it was searched for.
        retrieved: the chunks found, best first.
        timings_ms: wall time in milliseconds by step (retrieve, rerank, read, verify, total).
        notes: sentences for the user about what did not go as configured (a fallback taken, markers dropped).
    """

    standalone_question: str
    retrieved: tuple[ScoredChunk, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with at least one verified claim.

    ``as_of`` is the newest date of its evidence; None if all of it is undated. ``confidence`` is the reader's
    probability that the claims answer the question, 0 to 1, or None; whether they are supported is in their verdicts.
    ``unsure`` says that the confidence is so low that the reply must mention it.
    """

    question: str
    claims: tuple[Claim, ...]
    citations: tuple[Citation, ...]
    withheld: tuple[Withheld, ...]
    conflicts: tuple[Conflict, ...]
    as_of: datetime | None
    trace: Trace
    confidence: float | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Abstention:
    """A reply without an answer; ``nearest`` cites the sentences that come nearest to one.

    ``premise`` is the number of the citation in ``nearest`` that contradicts what the question assumes.
    ``confidence`` is the reader's probability that the question is answered, 0 to 1, or None.
    """

    question: str
    reason: AbstentionReason
    searched: Coverage
    nearest: tuple[Citation, ...]
    withheld: tuple[Withheld, ...]
    trace: Trace
    premise: int | None = None
    confidence: float | None = None


Reply = Answer | Abstention
