"""What passes through the chain, from retrieved passages to a reply. Frozen, and knows no library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from index.types import Chunk, Coverage, Reprint, ScoredChunk, Span


class Support(StrEnum):
    """How evidence stands to a claim (the labels of FEVER, Thorne et al. 2018)."""

    SUPPORTED = "supported"
    REFUTED = "refuted"
    NOT_ENOUGH_INFO = "not_enough_info"


class Certainty(StrEnum):
    """How firmly the source says it."""

    STATED = "stated"
    LIKELY = "likely"
    POSSIBLE = "possible"
    ALLEGED = "alleged"
    DENIED = "denied"


class ClaimKind(StrEnum):
    """What a sentence is: a report of what was or is, a forecast of what is to come, or from an opinion piece."""

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
    """How two sources differ: a later figure, another count, or a contradiction."""

    UPDATE = "update"
    COUNT = "count"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk as handed to the reader, numbered from 1; who else prints its words is as in ``ScoredChunk``.

    ``score`` is the reranker's, ``found`` the search's own (``index.search.fuse``), 0 where none made it.
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
    """One sentence of a draft and the numbers of the passages it cites (empty: it cites none)."""

    text: str
    cites: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader wrote; no sentences means the passages do not answer.

    ``confidence`` is the reader's own probability that the draft answers, 0 to 1; None where it has none to give.
    ``unsure`` is True where that is too low not to be told. ``notes`` are sentences for the user about what it lacks.
    """

    sentences: tuple[Sentence, ...]
    confidence: float | None = None
    unsure: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One reason a claim is not borne out by its evidence, in words.

    ``refutes`` is True where the evidence says otherwise, False where it merely does not say so.
    """

    check: str
    reason: str
    refutes: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence bears a claim out; ``score`` is the probability of support, 0 to 1."""

    support: Support
    score: float
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is quoted and with which verb, in the source's words."""

    speaker: str
    verb: str


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words in a passage that a sentence rests on; ``span`` counts in the article's text."""

    passage: int
    span: Span


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft sentence after verification: the verdict and, where supported, the exact words it rests on.

    ``nearest`` is, where it is not supported, the whole sentence it cites that says most of it, if one does.
    """

    sentence: Sentence
    verdict: Verdict
    quotes: tuple[Quote, ...]
    attribution: Attribution | None = None
    certainty: Certainty = Certainty.STATED
    nearest: Quote | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered place in the archive: ``article.text[start:end] == quote``, to the character.

    ``also_in`` names the other articles that print the quoted words, ``same_story`` those printed for the most part
    from the same copy as this one: not independent of it, even where they differ in a figure.
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
    """A sentence that is shown: verified, cited (numbers into the reply's citations), attributed."""

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

    ``nearest`` is the whole sentence it cites that says most of it, if one does.
    """

    text: str
    verdict: Verdict
    nearest: Quote | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Citations that differ on the same fact, oldest first.

    ``says`` gives what each of them says of it ("nine", "4 May"), in the order of ``citations``; empty where that is
    no figure, date, place or cause.
    """

    about: str
    kind: ConflictKind
    citations: tuple[int, ...]
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """What happened on the way to a reply: the standing-alone question, what was retrieved, and how long it took.

    ``timings_ms`` maps a step (retrieve, rerank, read, verify, total) to milliseconds of wall time. ``notes`` are
    sentences for the user about what did not go as configured (a fallback taken, markers dropped).
    """

    standalone_question: str
    retrieved: tuple[ScoredChunk, ...] = ()
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply with at least one verified claim. ``as_of`` is the newest date of its evidence, None if undated.

    ``confidence`` is the reader's probability that the claims answer the question, 0 to 1, where it has one: that they
    are borne out is in their verdicts. ``unsure`` is True where it is so low that the reply says so.
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
    """The articles do not say, or not within what was asked; ``nearest`` is the closest thing found.

    ``premise`` is the number, among ``nearest``, of the words that contradict what the question takes for granted.
    ``confidence`` is the reader's probability, 0 to 1, that the question is answered, where it has one.
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


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and what was replied (None where only the question is known).

    ``found`` is what the search finds first for a question whose reply is not known.
    """

    question: str
    reply: Reply | None = None
    found: tuple[ScoredChunk, ...] = ()


@dataclass(frozen=True, slots=True)
class Standalone:
    """A question as it would be asked without the conversation around it; ``note`` says what went wrong on the way."""

    text: str
    note: str | None = None
