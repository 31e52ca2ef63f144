"""What an article, a span and a chunk are. Everything here is frozen and knows no library."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters (Unicode code points): ``text[start:end]``."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, got {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Article:
    """One published item, as stored.

    ``published`` and ``updated`` carry a time zone or are None: they are never the file's date and never
    today's. A source that gives a day without a time of day is stored as midnight UTC of that day.
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
        """When this text could first be read: the later of published and updated, or None if undated.

        The text we hold is the updated one, so a question asked as of a moment between the two must not see it.
        """
        dates = [d for d in (self.published, self.updated) if d is not None]
        return max(dates) if dates else None

    def was_known(self, moment: datetime) -> bool:
        """Whether this text could be read by then; never of an undated one."""
        return self.known_from is not None and self.known_from <= moment


@dataclass(frozen=True, slots=True)
class Chunk:
    """A span of whole sentences of one article: what is embedded, retrieved and cited.

    ``id`` is a hash of everything its vector and its citation depend on, so an unchanged chunk keeps its id
    and a changed one never does. ``text == article.text[span.start:span.end]``, always. ``headed`` tells whether it is
    also found by its article's headline, which is so unless that is an earlier article's, to which this one adds.
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
    """Another article that holds some sentences of a chunk: which, in characters of the chunk's own article."""

    article_id: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ScoredChunk:
    """A retrieved chunk; higher scores are better and comparable only within one search.

    ``also_in`` names the other articles that hold all its words (reprints, repeated paragraphs), ``reprints`` those
    that hold some of its sentences (abridgements), ``same_story`` those printed for the most part from the same copy
    as its article; such an article may well differ here, in a figure brought up to date.
    """

    chunk: Chunk
    score: float
    also_in: tuple[str, ...] = ()
    reprints: tuple[Reprint, ...] = ()
    same_story: tuple[str, ...] = ()

    @property
    def printed_in(self) -> tuple[str, ...]:
        """The other articles that hold any sentence of it."""
        return (*self.also_in, *(reprint.article_id for reprint in self.reprints))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and of which part of the archive.

    ``as_of`` hides every article known only later; ``since`` and ``until`` bound the publication date (both
    inclusive); ``outlets`` keeps only these (empty: all). An undated article is outside any dated window.
    """

    text: str
    as_of: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
    outlets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that could not be read: where, and one sentence saying what is wrong and how to mend it.

    ``skipped`` is False for a warning: the article was read, but something it states (a date that can be two
    days, say) was left out.
    """

    path: Path
    line: int | None
    problem: str
    skipped: bool = True


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did, in numbers of articles.

    ``added`` counts new and changed articles, ``kept`` the unchanged, ``removed`` those taken out,
    ``skipped`` the files or records that could not be read (each named in ``problems``). ``moved`` of those added are
    articles known before whose files lie elsewhere now.
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
    """What an archive was built with: two archives mix only where all of it is equal."""

    embedder: str
    dimension: int
    max_tokens: int
    overlap: int
    schema: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """The part of the archive a question may see: told to the user when the articles do not say."""

    articles: int
    oldest: datetime | None
    newest: datetime | None
    outlets: tuple[str, ...]
    undated: int = 0
