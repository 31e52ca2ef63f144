"""The documented reply format, the JSON of ``dateline ask --json``, read strictly.

Records keep the JSON unmodified. Any other chatbot can be scored by the same measures if it, or a small adapter, writes
this format. Unknown keys are ignored; a missing key or a wrong type counts as a failure of the chatbot.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from index.errors import BadInput
from rag.types import AbstentionReason, Certainty, ConflictKind, Support


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class GivenVerdict(_Part):
    """The chatbot's own verdict on a sentence; ``score`` is its confidence, 0 to 1."""

    support: Support
    score: float = Field(ge=0, le=1)
    reasons: tuple[str, ...] = ()


class GivenAttribution(_Part):
    """The speaker a claim is attributed to."""

    speaker: str
    verb: str = ""


class GivenClaim(_Part):
    """One sentence shown; ``citations`` are the numbers of the reply's citations it rests on, possibly none."""

    text: str
    citations: tuple[int, ...] = ()
    verdict: GivenVerdict | None = None
    attribution: GivenAttribution | None = None
    certainty: Certainty | None = None


class GivenCitation(_Part):
    """A numbered quote from an article; ``start`` and ``end`` are character offsets into its text, if known."""

    number: int
    article_id: str
    quote: str
    start: int | None = None
    end: int | None = None
    title: str | None = None
    outlet: str | None = None
    published: AwareDatetime | None = None
    updated: AwareDatetime | None = None
    url: str | None = None
    also_in: tuple[str, ...] = ()


class GivenWithheld(_Part):
    """A sentence that the chatbot withheld, with its verdict."""

    text: str
    verdict: GivenVerdict | None = None


class GivenConflict(_Part):
    """Citations that the chatbot reports to differ on one fact."""

    about: str = ""
    kind: ConflictKind = ConflictKind.CONFLICT
    citations: tuple[int, ...] = ()


class GivenChunk(_Part):
    """A retrieved chunk."""

    article_id: str
    chunk_id: str | None = None
    score: float | None = None
    also_in: tuple[str, ...] = ()


class GivenReply(_Part):
    """One reply.

    ``retrieved`` lists chunks best first, or is None if the chatbot does not report them. ``confidence`` is the
    chatbot's probability, 0 to 1, that its answer is right, if it gives one. ``premise`` is the number of the citation
    that contradicts what the question assumes.
    """

    status: Literal["answered", "abstained"]
    answer: str
    reason: AbstentionReason | None = None
    premise: int | None = None
    as_of: AwareDatetime | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)
    standalone_question: str | None = None
    claims: tuple[GivenClaim, ...] = ()
    citations: tuple[GivenCitation, ...] = ()
    withheld: tuple[GivenWithheld, ...] = ()
    conflicts: tuple[GivenConflict, ...] = ()
    retrieved: tuple[GivenChunk, ...] | None = None
    timings_ms: Mapping[str, float] = Field(default_factory=dict)

    @property
    def answered(self) -> bool:
        """Whether the chatbot answered, as opposed to refused."""
        return self.status == "answered"

    def cited(self, claim: GivenClaim) -> tuple[GivenCitation, ...]:
        """The citations of a claim, in its order. Numbers without a citation are skipped."""
        by_number = {citation.number: citation for citation in self.citations}
        return tuple(by_number[number] for number in claim.citations if number in by_number)


def read_reply(value: object) -> GivenReply:
    """Parse a reply from decoded JSON.

    Raises:
        BadInput: ``value`` is not a reply; the message names the first invalid key.
    """
    try:
        return GivenReply.model_validate(value)
    except ValidationError as error:
        raise BadInput(f"not a reply: {first_fault(error)}") from None


def first_fault(error: ValidationError) -> str:
    """The first error of a pydantic validation in one line: the key, and what was expected."""
    fault = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in fault["loc"]) or "the whole value"
    return f"{where}: {fault['msg']}"
