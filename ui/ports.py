"""Interfaces that the chat window expects of the archive and the chatbot."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Protocol

from index.tables import ArticleSummary
from index.types import Article, Coverage, Problem, Question, ScoredChunk, SyncReport
from rag.events import Event
from rag.turns import Turn
from rag.types import Reply


class Shelf(Protocol):
    """A readable archive, such as ``index.archive.Archive``."""

    def articles(self) -> Sequence[ArticleSummary]:
        """Return all articles without their text."""
        ...

    def find(self, words: str, question: Question, limit: int) -> tuple[list[ArticleSummary], int]:
        """Return the newest visible articles that contain all words, at most ``limit``, and the number of matches."""
        ...

    def article(self, article_id: str) -> Article:
        """Return one article; raises UnknownArticle."""
        ...

    def coverage(self, question: Question) -> Coverage:
        """Return the part of the archive that the question may see."""
        ...

    def search(self, question: Question, limit: int) -> Sequence[ScoredChunk]:
        """Return at most ``limit`` passages that the question may see, best first."""
        ...


class Changeable(Shelf, Protocol):
    """A writable archive."""

    def sync(
        self, records: Iterable[Article | Problem], *, progress: Callable[[int], None] | None = None
    ) -> SyncReport:
        """Add new articles and new versions of known ones."""
        ...

    def remove(self, article_ids: Sequence[str]) -> SyncReport:
        """Remove articles."""
        ...


class ChatbotPort(Protocol):
    """A chatbot, such as ``rag.engine.Chatbot``."""

    def ask(self, question: Question, turns: Sequence[str | Turn] = ()) -> Reply:
        """Return the reply."""
        ...

    def stream(self, question: Question, turns: Sequence[str | Turn] = ()) -> Iterator[Event]:
        """Yield steps, claims and finally the reply."""
        ...
