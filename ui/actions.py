"""The actions of the chat window, independent of Gradio: ask, open an article, list articles, describe the scope."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from index.errors import BadInput, DatelineError, UnknownArticle
from index.types import Article, Question, Span
from rag.types import Citation
from ui import page_words
from ui.exchange import Exchange, advance, numbered
from ui.feedback import FeedbackFile, feedback
from ui.moments import DayEdge, parse_moment
from ui.ports import ChatbotPort, Shelf
from ui.render import scope_html
from ui.render_article import Place, articles_html, evidence_html, gone_html
from ui.text import digest

log = logging.getLogger(__name__)

LONGEST_QUESTION = 1_000
"""Maximum length of a question in characters; models would truncate a longer one."""

ALSO_IN = 20
"""Maximum number of reprints listed beside an article."""

LISTED = 50
"""Page size of the article list: shown at first, and added by each "Show more"."""

MOST_LISTED = 2_000
"""Maximum length of the article list; the search box finds the others."""

REMEMBERED = 8
"""Number of earlier exchanges that a follow-up question may refer to."""


@dataclass(frozen=True, slots=True)
class Window:
    """The search limits as typed: dates as ``2026-05-04`` or empty."""

    as_of: str = ""
    since: str = ""
    until: str = ""
    outlets: tuple[str, ...] = ()

    def question(self, text: str) -> Question:
        """Return ``text`` as a question within these limits.

        Raises:
            BadInput: A date is invalid, or ``since`` is after ``until``.
        """
        question = Question(
            text=text.strip(),
            as_of=_moment(self.as_of, DayEdge.END, "As of"),
            since=_moment(self.since, DayEdge.START, "Since"),
            until=_moment(self.until, DayEdge.END, "Until"),
            outlets=self.outlets,
        )
        if question.since and question.until and question.since > question.until:
            raise BadInput(page_words.NO_DAY_LEFT)
        return question


def ask(
    archive: Shelf, chatbot: ChatbotPort, text: str, window: Window, earlier: Sequence[Exchange] = (), *, talk: str = ""
) -> Iterator[Exchange]:
    """Ask a question and yield the exchange after each event.

    A failure ends the exchange with one sentence in ``problem``; nothing is raised. ``talk`` is the browser's key of
    the conversation.
    """
    exchange = Exchange(len(earlier) + 1, Question(text), talk=talk)
    try:
        exchange = _begun(archive, exchange, window)
        yield exchange
        turns = [previous.turn for previous in earlier if previous.problem is None][-REMEMBERED:]
        for event in chatbot.stream(exchange.question, turns):
            exchange = advance(exchange, event)
            yield exchange
    except DatelineError as problem:
        yield replace(exchange, problem=str(problem), step=None)
    except Exception as problem:
        log.exception("asking failed")
        yield replace(exchange, problem=page_words.went_wrong(problem, "ask again"), step=None)


def _begun(archive: Shelf, exchange: Exchange, window: Window) -> Exchange:
    question = checked(window.question(exchange.question.text))
    if not archive.coverage(Question("")).articles:
        raise BadInput(page_words.NO_ARTICLES)
    return replace(exchange, question=question, searched=archive.coverage(question).articles)


@dataclass(frozen=True, slots=True)
class Opening:
    """Which article to open and which words to mark. It comes from the browser, so it is untrusted."""

    article_id: str
    quote: Span | None = None
    digest: str = ""
    also_in: tuple[str, ...] = ()
    place: Place | None = None
    full: bool = False

    @classmethod
    def from_page(cls, sent: Mapping[str, Any]) -> Opening:
        """Parse what the page sent; invalid numbers are ignored."""
        start, end = _number(sent.get("start")), _number(sent.get("end"))
        number, position, total = (_number(sent.get(name)) for name in ("number", "position", "total"))
        return cls(
            article_id=str(sent.get("article", "")),
            quote=Span(start, end) if start is not None and end is not None and start < end else None,
            digest=str(sent.get("digest", "")),
            also_in=tuple(str(sent.get("also") or "").split("\n"))[:ALSO_IN],
            place=Place(number, position, total, sent.get("near") is True) if number and position and total else None,
            full=bool(sent.get("full")),
        )


def open_article(archive: Shelf, opening: Opening, *, kept: Citation | None = None, removable: bool = False) -> str:
    """Render the article with the quoted words marked; if it has changed or gone, show the saved quote.

    Args:
        archive: The archive that holds the article.
        opening: What to open.
        kept: The citation stored with the answer, or None if it is unknown.
        removable: Whether to offer removal from the archive.

    Raises:
        UnknownArticle: The article is not in the archive and ``kept`` has no quote of it.
    """
    try:
        article = archive.article(opening.article_id)
    except UnknownArticle:
        if kept is None or kept.article_id != opening.article_id:
            raise
        return gone_html(kept, opening.place)
    if kept and kept.article_id != article.id:
        return _reprint(article, opening, kept, removable=removable)
    quote = opening.quote
    moved = quote is not None and digest(quote.of(article.text)) != opening.digest
    return evidence_html(
        article,
        None if moved else quote,
        place=opening.place,
        others=_known(archive, opening.also_in),
        moved=moved,
        was=kept.quote if moved and kept else "",
        full=opening.full,
        removable=removable,
    )


def _reprint(article: Article, opening: Opening, kept: Citation, *, removable: bool) -> str:
    """Render another article that holds the words of a citation, with those words marked."""
    start = article.text.find(kept.quote)
    return evidence_html(
        article,
        Span(start, start + len(kept.quote)) if start >= 0 else None,
        place=replace(opening.place, reprint=True) if opening.place else None,
        full=opening.full,
        removable=removable,
    )


def _known(archive: Shelf, article_ids: Sequence[str]) -> list[Article]:
    """Return the articles that are still in the archive."""
    found = []
    for article_id in article_ids:
        with contextlib.suppress(UnknownArticle):
            found.append(archive.article(article_id))
    return found


def list_articles(archive: Shelf, words: str, window: Window, limit: int = LISTED) -> str:
    """Render the newest articles in the window whose headline, outlet or author contains all ``words``."""
    found, matching = archive.find(words, window.question(""), limit)
    return articles_html(found, matching, archive.coverage(Question("")).articles)


def listed(sent: Mapping[str, Any]) -> int:
    """Return the new length of the list after "Show more"."""
    return min((_number(sent.get("shown")) or 0) + LISTED, MOST_LISTED)


def describe_scope(archive: Shelf, window: Window) -> str:
    """Render the line that says what is being searched."""
    question = window.question("")
    everything = archive.coverage(Question(""))
    return scope_html(question, archive.coverage(question), everything.articles)


def checked(question: Question) -> Question:
    """Return the question if it is valid.

    Raises:
        BadInput: It is empty or longer than ``LONGEST_QUESTION``.
    """
    if not question.text:
        raise BadInput(page_words.NO_QUESTION)
    if len(question.text) > LONGEST_QUESTION:
        raise BadInput(page_words.too_long(len(question.text), LONGEST_QUESTION))
    return question


def _moment(text: str, edge: DayEdge, name: str) -> datetime | None:
    return parse_moment(text, edge, name) if text and text.strip() else None


def _number(value: object) -> int | None:
    try:
        number = int(str(value))
    except ValueError:
        return None
    return number if 0 <= number < 2**53 else None


def judged(file: FeedbackFile, exchanges: Sequence[Exchange], sent: Mapping[str, Any]) -> Exchange | None:
    """Store a reader's rating; return the rated exchange, or None if there is no such answer to rate.

    Raises:
        EnvironmentProblem: The rating could not be written.
    """
    verdict = str(sent.get("verdict"))
    exchange = numbered(exchanges, sent.get("turn"))
    if exchange is None or exchange.reply is None or exchange.rated or verdict not in {"up", "down"}:
        return None
    earlier = exchanges[: exchange.number - 1]
    file.append(feedback(exchange, exchange.reply, earlier, verdict, str(sent.get("comment") or "")))
    return replace(exchange, rated=verdict)
