"""JSON form of search results and articles; replies are in ``rag.wire``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.tables import ArticleSummary
from index.types import Article, ScoredChunk
from rag.wire import iso


def search_json(found: Sequence[ScoredChunk], identity: str | None = None) -> dict[str, Any]:
    """Return ranked passages; ``identity`` is the caller's id of the question."""
    return {
        "id": identity,
        "results": [
            {
                "article_id": scored.chunk.article_id,
                "chunk_id": scored.chunk.id,
                "score": scored.score,
                "start": scored.chunk.span.start,
                "end": scored.chunk.span.end,
                "text": scored.chunk.text,
                "also_in": list(scored.printed_in),
            }
            for scored in found
        ],
    }


def summary_json(article: ArticleSummary) -> dict[str, Any]:
    """Return an article without its text."""
    return _facts(article, article.characters)


def article_json(article: Article) -> dict[str, Any]:
    """Return an article with its text."""
    return {**_facts(article, len(article.text)), "text": article.text}


def _facts(article: Article | ArticleSummary, characters: int) -> dict[str, Any]:
    return {
        "id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": iso(article.published),
        "updated": iso(article.updated),
        "url": article.url,
        "path": str(article.path) if article.path else None,
        "characters": characters,
    }
