"""What the chat window needs of the archive and of the chatbot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from index.tables import ArticleSummary
from index.types import Article, Coverage, Problem, Question, ScoredChunk, SyncReport
from rag.events import Event
from rag.types import Reply, Turn


class Shelf(Protocol):
    """The archive (``index.archive.Archive`` is one)."""

    def articles(self) -> Sequence[ArticleSummary]:
        """Every article without its text."""
        ...

    def find(self, words: str, question: Question, limit: int) -> tuple[list[ArticleSummary], int]:
        """The newest articles that hold all words and that the question may see, and how many there are."""
        ...

    def article(self, article_id: str) -> Article:
        """One article; raises UnknownArticle."""
        ...

    def coverage(self, question: Question) -> Coverage:
        """How much of the archive the question may see."""
        ...

    def search(self, question: Question, limit: int) -> Sequence[ScoredChunk]:
        """At most ``limit`` passages that the question may see, best first."""
        ...


class Changeable(Shelf, Protocol):
    """An archive that may be changed."""

    def sync(
        self, records: Iterable[Article | Problem], *, progress: Callable[[int], None] | None = None
    ) -> SyncReport:
        """Add new articles and new versions of known ones."""
        ...

    def remove(self, article_ids: Sequence[str]) -> SyncReport:
        """Take articles out."""
        ...


class Asked(Protocol):
    """The chatbot (``rag.engine.Chatbot`` is one)."""

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        """The reply."""
        ...

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        """Steps, claims, and last the reply."""
        ...
