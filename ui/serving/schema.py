"""Request and response models, the source of ``/api/openapi.json``.

Replies are the same JSON as ``dateline ask --json``; a test checks these models against it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ui.actions import LONGEST_QUESTION, REMEMBERED, Window


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("contains half a surrogate pair, which is not valid text") from None
    return text


Text = Annotated[str, AfterValidator(_encodable)]
Moment = Annotated[str, Field(max_length=40, examples=["2026-05-04", "2026-05-04T18:00:00Z"])]
QuestionText = Annotated[Text, Field(description=f"At most {LONGEST_QUESTION:,} characters.")]


class Limits(BaseModel):
    """Limits of the search. A bare date means its end for ``as_of`` and ``until``, and its start for ``since``."""

    model_config = ConfigDict(extra="forbid")

    as_of: Moment | None = Field(default=None, description="Hide articles published or updated after this moment.")
    since: Moment | None = Field(default=None, description="Only articles published at or after this moment.")
    until: Moment | None = Field(default=None, description="Only articles published at or before this moment.")
    outlets: list[Text] = Field(default=[], max_length=100, description="Only these outlets; empty for all.")

    @property
    def window(self) -> Window:
        """The limits as a ``Window``."""
        return Window(self.as_of or "", self.since or "", self.until or "", tuple(self.outlets))


class AskRequest(Limits):
    """A question, and the earlier ones of the conversation."""

    question: QuestionText
    turns: list[Text] = Field(
        default=[],
        max_length=100,
        description=f"Earlier questions, oldest first, for a follow-up; only the last {REMEMBERED} are used.",
    )


class SearchRequest(Limits):
    """A question to find passages for."""

    question: QuestionText
    limit: int = Field(default=10, ge=1, le=100, description="Maximum number of passages.")


class Verdict(BaseModel):
    """Whether the evidence supports a sentence."""

    support: Literal["supported", "refuted", "not_enough_info"]
    score: float = Field(description="Probability of support, 0 to 1.")
    reasons: list[str]


class Attribution(BaseModel):
    """The speaker and the reporting verb."""

    speaker: str
    verb: str


class Claim(BaseModel):
    """A sentence of the answer; ``citations`` are numbers of the reply's citations."""

    text: str
    citations: list[int]
    verdict: Verdict
    attribution: Attribution | None
    certainty: Literal["stated", "likely", "possible", "alleged", "denied"]
    kind: Literal["report", "forecast", "opinion"] = Field(description="opinion: it comes from an opinion piece.")


class Citation(BaseModel):
    """An exact quote: ``article.text[start:end] == quote``, counted in Unicode code points."""

    number: int
    article_id: str
    title: str | None
    outlet: str | None
    published: str | None
    url: str | None
    path: str | None
    quote: str
    start: int
    end: int
    also_in: list[str] = Field(description="Other articles that hold the same words.")
    same_story: list[str] = Field(description="Other articles that print nearly the same text.")


class Withheld(BaseModel):
    """A drafted sentence that failed verification."""

    text: str
    verdict: Verdict


class Conflict(BaseModel):
    """Citations that disagree on the same fact."""

    about: str
    kind: Literal["update", "count", "conflict"]
    citations: list[int] = Field(description="Oldest first.")
    says: list[str] = Field(description="The value in each citation (a figure, a date), in the same order; or empty.")


class Retrieved(BaseModel):
    """A chunk that the search found."""

    chunk_id: str
    article_id: str
    score: float
    also_in: list[str]


class Answered(BaseModel):
    """An answer, or an abstention with its reason and the closest passages."""

    id: str | None
    question: str
    standalone_question: str
    status: Literal["answered", "abstained"]
    reason: Literal["nothing_retrieved", "not_in_articles", "outside_dates", "unsupported"] | None
    premise: int | None = Field(description="Number of the citation that contradicts the question's premise.")
    as_of: str | None
    answer: str
    confidence: float | None = Field(description="Estimated probability that the question is answered, if known.")
    unsure: bool = Field(description="Whether readers should be told that the answer is uncertain.")
    claims: list[Claim]
    citations: list[Citation]
    withheld: list[Withheld]
    conflicts: list[Conflict]
    notes: list[str] = Field(description="What did not work as configured, such as a language model that failed.")


class Reply(Answered):
    """The same, with the retrieved chunks and the duration of each step in milliseconds."""

    retrieved: list[Retrieved]
    timings_ms: dict[str, float]


class Found(BaseModel):
    """A passage: ``article.text[start:end] == text``."""

    article_id: str
    chunk_id: str
    score: float
    start: int
    end: int
    text: str
    also_in: list[str]


class SearchResults(BaseModel):
    """Passages, best first."""

    id: str | None
    results: list[Found]


class Article(BaseModel):
    """An article with its text, as stored."""

    id: str
    title: str | None
    outlet: str | None
    author: str | None
    published: str | None
    updated: str | None
    url: str | None
    path: str | None
    characters: int
    text: str


class ArchiveHealth(BaseModel):
    """Contents of the archive."""

    articles: int
    undated: int
    oldest: str | None
    newest: str | None
    outlets: int


class AskingHealth(BaseModel):
    """Load: ``open`` counts questions being answered or waiting, ``waiting`` only the waiting ones."""

    open: int
    waiting: int


class Health(BaseModel):
    """Whether questions can be asked; ``empty`` if the archive has no articles yet."""

    status: Literal["ready", "empty"]
    version: str
    archive: ArchiveHealth
    asking: AskingHealth
    models: dict[str, str]


class Problem(BaseModel):
    """An error in one sentence."""

    detail: str
