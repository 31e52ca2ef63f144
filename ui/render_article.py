"""Articles as HTML: the evidence panel and the article list. Pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.corpus import is_markdown_file
from index.markdown_styles import styled_runs
from index.tables import ArticleSummary
from index.types import Article, Span
from rag.types import Citation
from ui import page_words, words
from ui.links import safe_link
from ui.markup import rendered, styled
from ui.moments import day

WHOLE_ARTICLE = 20_000
"""Length in characters above which an article is first shown only around its quote."""

AROUND_QUOTE = 6_000
"""Number of characters shown before and after the quote of a long article."""


def is_markdown(article: Article) -> bool:
    """Whether the text was read from a Markdown file. The URL does not tell: it may be that of a web page."""
    return article.path is not None and is_markdown_file(article.path)


@dataclass(frozen=True, slots=True)
class Cut:
    """Spans before, of and after a quote in an article, with the numbers of characters hidden at both ends."""

    before: Span
    quote: Span
    after: Span
    before_hidden: int = 0
    after_hidden: int = 0


def cut_text(text: str, quote: Span | None, full: bool) -> Cut:
    """Split the text at the quote. A long article is cut to the surroundings of the quote, unless ``full``."""
    wanted = quote or Span(0, 0)
    span = Span(min(wanted.start, len(text)), min(wanted.end, len(text)))
    if full or len(text) <= WHOLE_ARTICLE:
        return Cut(Span(0, span.start), span, Span(span.end, len(text)))
    first = max(0, span.start - AROUND_QUOTE)
    last = min(len(text), span.end + AROUND_QUOTE)
    return Cut(Span(first, span.start), span, Span(span.end, last), first, len(text) - last)


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
    """Render an article with the quoted words marked. Simple markup of a Markdown file is shown as styles.

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
    cut = cut_text(article.text, quote, full)
    runs = styled_runs(article.text) if is_markdown(article) else []
    return rendered(
        "evidence.html",
        article=article,
        position=place,
        dates=words.dates(article),
        others=[{"id": other.id, "outlet": other.outlet, "date": day(other.published)} for other in others],
        moved=moved,
        was=was,
        removable=removable,
        cut=cut,
        before=styled(article.text, cut.before, runs),
        quote=styled(article.text, cut.quote, runs),
        after=styled(article.text, cut.after, runs),
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
