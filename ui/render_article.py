"""Articles as HTML: the evidence panel and the article list. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.tables import ArticleSummary
from index.types import Article, Span
from rag.types import Citation
from ui import page_words, words
from ui.links import safe_link
from ui.markup import rendered
from ui.moments import day

WHOLE_ARTICLE = 20_000
"""Length in characters above which an article is first shown only around its quote."""

AROUND_QUOTE = 6_000
"""Number of characters shown before and after the quote of a long article."""


@dataclass(frozen=True, slots=True)
class Cut:
    """An article's text split at a quote, with the numbers of characters hidden at both ends."""

    before: str
    quote: str
    after: str
    before_hidden: int = 0
    after_hidden: int = 0


def cut_text(text: str, quote: Span | None, full: bool) -> Cut:
    """Split the text at the quote. A long article is cut to the surroundings of the quote, unless ``full``."""
    span = quote or Span(0, 0)
    if full or len(text) <= WHOLE_ARTICLE:
        return Cut(text[: span.start], span.of(text), text[span.end :])
    first = max(0, span.start - AROUND_QUOTE)
    last = min(len(text), span.end + AROUND_QUOTE)
    return Cut(text[first : span.start], span.of(text), text[span.end : last], first, len(text) - last)


@dataclass(frozen=True, slots=True)
class Place:
    """Which of an answer's sources is shown: ``position`` of ``total``, both from 1.

    ``near`` marks a passage that is related to the question but does not answer it. ``reprint`` means that another
    article with the same words is shown.
    """

    number: int
    position: int
    total: int
    near: bool = False
    reprint: bool = False

    def __str__(self) -> str:
        """Return the label in the panel."""
        return page_words.place(self.number, self.position, self.total, near=self.near, reprint=self.reprint)


def evidence_html(
    article: Article,
    quote: Span | None = None,
    *,
    place: Place | None = None,
    others: Sequence[Article] = (),
    moved: bool = False,
    was: str = "",
    full: bool = False,
    removable: bool = False,
) -> str:
    """Render an article with the quoted words marked.

    Args:
        article: The article.
        quote: The span to mark, if any.
        place: Which source of an answer it is, if it was opened from one.
        others: Other articles with the same words.
        moved: Whether the quote is no longer at its place.
        was: The original quote if it has moved.
        full: Whether to show a long article in full.
        removable: Whether to offer removal from the archive.
    """
    link = safe_link(article.url)
    return rendered(
        "evidence.html",
        article=article,
        position=place,
        dates=words.dates(article),
        others=[{"id": other.id, "outlet": other.outlet, "date": day(other.published)} for other in others],
        moved=moved,
        was=was,
        removable=removable,
        cut=cut_text(article.text, quote, full),
        link=link,
        host=urlsplit(link).hostname if link else "",
    )


def gone_html(citation: Citation, place: Place | None = None) -> str:
    """Render the saved quote of an article that is no longer in the archive."""
    return rendered("gone.html", citation=citation, position=place)


def articles_html(articles: Sequence[ArticleSummary], matching: int, total: int) -> str:
    """Render the list of articles: the first of ``matching`` search results, of ``total`` in the archive."""
    rows = [
        {
            "id": article.id,
            "title": words.title(article.title),
            "outlet": article.outlet or words.UNKNOWN_OUTLET,
            "day": day(article.published),
        }
        for article in articles
    ]
    heading = page_words.listed(matching, total)
    return rendered("articles.html", heading=heading, rows=rows, more=matching - len(rows))
