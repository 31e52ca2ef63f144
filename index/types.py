"""The basic types: articles, spans, chunks, questions and reports. All are frozen and depend on no other library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters (Unicode code points): ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the part of ``text`` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One published item, as stored.

    ``published`` and ``updated`` have a time zone, or are None if the source does not state them; they are never
    inferred from the file's date or today's. A day without a time of day is stored as midnight UTC of that day.
    """

    id: str
    title: str | None
    text: str
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    path: Path | None = None

    def __post_init__(self) -> None:
        for name in ("published", "updated"):
            moment: datetime | None = getattr(self, name)
            if moment is not None and moment.tzinfo is None:
                raise ValueError(f"{name} of article {self.id!r} needs a time zone")

    @property
    def known_from(self) -> datetime | None:
        """When this text first became available: the later of ``published`` and ``updated``; None if undated.

        The stored text is the updated one, so a question as of a time between the two dates must not see it.
        """
        dates = [d for d in (self.published, self.updated) if d is not None]
        return max(dates) if dates else None

    def was_known(self, moment: datetime) -> bool:
        """Return whether this text was available at ``moment``; always False for an undated article."""
        return self.known_from is not None and self.known_from <= moment


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of whole sentences of one article: the unit that is embedded, retrieved and cited.

    ``id`` is a hash of everything the vector and the citation depend on, so a chunk keeps its id exactly as long as it
    is unchanged. ``text == article.text[span.start:span.end]`` always holds. ``ordinal`` is the position among the
    article's chunks, from 0. ``headed`` is True if the chunk is embedded and indexed with its article's headline. It is
    False for text that an article adds to an earlier one under the same headline, or under no headline.
    """

    id: str
    article_id: str
    ordinal: int
    span: Span
    text: str
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    path: Path | None = None
    published: datetime | None = None
    updated: datetime | None = None
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Reprint:
    """Another article that contains some sentences of a chunk; ``spans`` locates them in the chunk's own article."""

    article_id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A retrieved chunk; higher scores are better, and are comparable only within one search.

    ``also_in`` lists the ids of other articles that contain the whole chunk (reprints, repeated paragraphs), and
    ``reprints`` those that contain some of its sentences (abridgements). ``same_story`` lists the articles whose text
    mostly matches that of the chunk's article; they may differ from this chunk, for example in an updated figure.
    """

    chunk: Chunk
    score: float
    also_in: tuple[str, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    same_story: tuple[str, ...] = ()

    @property
    def printed_in(self) -> tuple[str, ...]:
        """The ids of the other articles that contain at least one of its sentences."""
        return (*self.also_in, *(reprint.article_id for reprint in self.reprints))


@dataclass(frozen=True, slots=True)
class Question:
    """A question with filters on the articles it may see.

    ``as_of`` hides every article that became available later. ``since`` and ``until`` limit the publication date, both
    inclusive. ``outlets`` restricts the search to these outlets; empty means all. A date filter excludes undated
    articles.
    """

    text: str
    as_of: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: its place, and one sentence saying what is wrong and how to fix it.

    ``skipped`` is False for a warning: the article was read, but one of its fields (such as an ambiguous date) was
    ignored.
    """

    path: Path
    line: int | None
    problem: str
    skipped: bool = True


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The result of one sync, in numbers of articles.

    ``articles`` is the total afterwards. ``added`` counts new and changed articles, ``kept`` unchanged ones,
    ``removed`` removed ones, and ``skipped`` the files or records that could not be read (each is listed in
    ``problems``). ``moved`` is the number of added articles that were known before under another path.
    """

    articles: int
    added: int
    kept: int
    removed: int
    skipped: int
    problems: tuple[Problem, ...] = ()
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """The settings an archive was built with; vectors of archives with different fingerprints cannot be compared."""

    embedder: str
    dimension: int
    max_tokens: int
    overlap: int
    schema: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The part of the archive visible to a question; shown to the user when the articles contain no answer."""

    articles: int
    oldest: datetime | None
    newest: datetime | None
    outlets: tuple[str, ...]
    undated: int = 0
