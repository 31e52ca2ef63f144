"""What programs send and get, as types: the source of ``/api/openapi.json``.

Replies are the same JSON as ``dateline ask --json`` gives; a test holds these types against it.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from ui.actions import LONGEST_QUESTION, REMEMBERED, Window


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair, which is no text") from None
    return text


Text = Annotated[str, AfterValidator(_encodable)]
Moment = Annotated[str, Field(max_length=40, examples=["2026-05-04", "2026-05-04T18:00:00Z"])]
QuestionText = Annotated[Text, Field(description=f"At most {LONGEST_QUESTION:,} characters.")]


class Limits(BaseModel):
    """Which part of the archive is searched; a bare date means its end for ``as_of`` and ``until``, else its start."""

    model_config = ConfigDict(extra="forbid")

    as_of: Moment | None = Field(default=None, description="Hide every article known only after this moment.")
    since: Moment | None = Field(default=None, description="Only articles published from then on.")
    until: Moment | None = Field(default=None, description="Only articles published until then.")
    outlets: list[Text] = Field(default=[], max_length=100, description="Only these outlets; empty for all.")

    @property
    def window(self) -> Window:
        """The same as the page's fields hold it."""
        return Window(self.as_of or "", self.since or "", self.until or "", tuple(self.outlets))


class AskRequest(Limits):
    """A question, and the earlier ones of the conversation."""

    question: QuestionText
    turns: list[Text] = Field(
        default=[],
        max_length=100,
        description=f"Earlier questions, oldest first, for a follow-up; the last {REMEMBERED} count.",
    )


class SearchRequest(Limits):
    """What to find passages for."""

    question: QuestionText
    limit: int = Field(default=10, ge=1, le=100, description="Passages, at most.")


class Verdict(BaseModel):
    """Whether the evidence bears a sentence out."""

    support: Literal["supported", "refuted", "not_enough_info"]
    score: float = Field(description="Probability of support, 0 to 1.")
    reasons: list[str]


class Attribution(BaseModel):
    """Who is quoted, and with which verb."""

    speaker: str
    verb: str


class Claim(BaseModel):
    """A sentence of the answer; ``citations`` are numbers into the reply's citations."""

    text: str
    citations: list[int]
    verdict: Verdict
    attribution: Attribution | None
    certainty: Literal["stated", "likely", "possible", "alleged", "denied"]
    kind: Literal["report", "forecast", "opinion"] = Field(description="opinion: it rests on an opinion piece.")


class Citation(BaseModel):
    """The exact words: ``article.text[start:end] == quote``, counted in Unicode code points."""

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
    same_story: list[str] = Field(description="Other articles that tell the same story in nearly the same words.")


class Withheld(BaseModel):
    """A drafted sentence that did not pass."""

    text: str
    verdict: Verdict


class Conflict(BaseModel):
    """Citations that differ on the same fact."""

    about: str
    kind: Literal["update", "count", "conflict"]
    citations: list[int] = Field(description="Oldest first.")
    says: list[str] = Field(description="What each of them says (a figure, a date), in the same order; or none.")


class Retrieved(BaseModel):
    """A chunk that the search found."""

    chunk_id: str
    article_id: str
    score: float
    also_in: list[str]


class Answered(BaseModel):
    """An answer, or (``abstained``) why there is none and what is nearest."""

    id: str | None
    question: str
    standalone_question: str
    status: Literal["answered", "abstained"]
    reason: Literal["nothing_retrieved", "not_in_articles", "outside_dates", "unsupported"] | None
    premise: int | None = Field(description="The citation that contradicts what the question takes for granted.")
    as_of: str | None
    answer: str
    confidence: float | None = Field(description="How probably the question is answered, where the reader weighs it.")
    unsure: bool = Field(description="The answer is so uncertain that a reader should be told so.")
    claims: list[Claim]
    citations: list[Citation]
    withheld: list[Withheld]
    conflicts: list[Conflict]
    notes: list[str] = Field(description="What did not go as configured, such as a language model that failed.")


class Reply(Answered):
    """The same, with what was found on the way and how long each step took, in milliseconds."""

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
    """One article with its text, as stored."""

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
    """What is in the archive."""

    articles: int
    undated: int
    oldest: str | None
    newest: str | None
    outlets: int


class AskingHealth(BaseModel):
    """What the chatbot is doing: questions being answered or waiting, and of these the waiting ones."""

    open: int
    waiting: int


class Health(BaseModel):
    """Whether questions can be asked; ``empty`` where there is nothing to ask about yet."""

    status: Literal["ready", "empty"]
    version: str
    archive: ArchiveHealth
    asking: AskingHealth
    models: dict[str, str]


class Problem(BaseModel):
    """What is wrong, in one sentence."""

    detail: str
