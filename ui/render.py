"""Replies and articles as HTML. Pure, and the only place where untrusted text becomes markup.

Everything that is not a template of ours is escaped (Jinja's autoescape) and made visible (``ui.text``) on its way
out, by the environment and not by each template, so that no template can forget it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from uuid import uuid4

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from index.corpus import SUFFIXES
from index.tables import ArticleSummary
from index.types import Article, Coverage, Question, Span
from rag.types import Abstention, Answer, Citation, Reply
from rag.wire import refusal_lead, reply_json
from ui import page_words, plain, words
from ui.exchange import Exchange
from ui.links import safe_link
from ui.moments import day, day_and_time
from ui.snapshots import snapshot
from ui.text import digest, fingerprint, one_line, visible
from ui.timeline import timeline

if TYPE_CHECKING:
    from ui.curator import Adding

WHOLE_ARTICLE = 20_000
"""Characters; a longer article is first shown around its quote only."""

AROUND_QUOTE = 6_000

_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
    )
    environment.globals["words"] = words
    environment.globals["page"] = page_words
    environment.globals["digest"] = digest
    environment.filters["excerpt"] = one_line
    environment.filters["spaced"] = _spaced
    return environment


def _finalize(value: object) -> object:
    return value if isinstance(value, Markup) else visible(str(value))


def _spaced(text: str) -> Markup:
    """``text`` with room after single line breaks; the text itself stays the same to the character."""
    return Markup(_LONE_BREAK.sub('\n<span class="gap"></span>', str(escape(visible(text)))))  # noqa: S704  (escaped)


def _render(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


def exchange_html(exchange: Exchange, *, rating: bool = False) -> str:
    """One question with its reply as far as it has come; ``rating`` offers to judge it."""
    reply = exchange.reply
    answer = reply if isinstance(reply, Answer) else None
    understood = reply.trace.standalone_question if reply else ""
    return _render(
        "exchange.html",
        x=exchange,
        answer=answer,
        scope=words.window(exchange.question),
        understood=understood if understood.strip() != exchange.question.text.strip() else "",
        cited={citation.number: citation for citation in exchange.citations},
        refusal=_refusal(reply) if isinstance(reply, Abstention) else None,
        story=timeline(answer) if answer else None,
        notes=reply.trace.notes if reply else (),
        step=words.doing(exchange.step, exchange.searched) if exchange.step and not exchange.is_over else "",
        copy=plain.markdown(reply) if reply else "",
        exact=plain.markdown(reply, exact=True) if reply else "",
        saved=_saved(reply) if reply else "",
        rating=rating and reply is not None and not exchange.rated,
    )


def conversation_html(exchanges: Sequence[Exchange], *, rating: bool = False) -> str:
    """Finished exchanges, oldest first."""
    return "".join(exchange_html(exchange, rating=rating) for exchange in exchanges)


def _saved(reply: Reply) -> str:
    """The reply as a file: with the hash of each quote, so that whoever has the article can tell if it changed."""
    saved = reply_json(reply)
    for citation in saved["citations"]:
        citation["quote_sha256"] = fingerprint(citation["quote"])
    return json.dumps(saved, ensure_ascii=False, indent=1)


def kept_html(exchange: Exchange, *, cut: bool) -> str:
    """An exchange for the browser to keep; ``cut`` says that whatever came after it is no more."""
    return _render("kept.html", x=exchange, kept=snapshot(exchange), cut=cut)


def unkept_html() -> str:
    """That no conversation is shown any more; never twice the same, for the page only notices what changes."""
    return f'<i data-none="{uuid4().hex}"></i>'


def editing_html(exchange: Exchange, *, followed: bool) -> str:
    """The line over the question while an earlier one is edited; ``followed`` by others that will be lost."""
    return _render("editing.html", text=page_words.editing(exchange.number, followed=followed))


def _refusal(reply: Abstention) -> Mapping[str, Any]:
    return {
        "lead": refusal_lead(reply),
        "searched": words.searched(reply.searched),
        "nearest": reply.nearest,
        "premise": next((near for near in reply.nearest if near.number == reply.premise), None),
    }


@dataclass(frozen=True, slots=True)
class Cut:
    """An article's text around a quote; the hidden parts are numbers of characters."""

    before: str
    quote: str
    after: str
    before_hidden: int = 0
    after_hidden: int = 0


def cut_text(text: str, quote: Span | None, full: bool) -> Cut:
    """Where to mark and how much to show: all of a short article, and of a long one the surroundings of the quote."""
    span = quote or Span(0, 0)
    if full or len(text) <= WHOLE_ARTICLE:
        return Cut(text[: span.start], span.of(text), text[span.end :])
    first = max(0, span.start - AROUND_QUOTE)
    last = min(len(text), span.end + AROUND_QUOTE)
    return Cut(text[first : span.start], span.of(text), text[span.end : last], first, len(text) - last)


@dataclass(frozen=True, slots=True)
class Place:
    """Which of an answer's sources is shown: ``position`` of ``total``, both from 1.

    ``near`` says that it is only near the question; ``reprint`` that another article with the same words is shown.
    """

    number: int
    position: int
    total: int
    near: bool = False
    reprint: bool = False

    def __str__(self) -> str:
        """What the panel says of it."""
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
    """An article with the quoted words marked; ``others`` hold the same words.

    ``moved`` says that the quote is no longer there, ``was`` what it was, ``removable`` offers to remove the article.
    """
    link = safe_link(article.url)
    return _render(
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
    """What an answer kept of an article that is no longer in the archive."""
    return _render("gone.html", citation=citation, position=place)


def articles_html(articles: Sequence[ArticleSummary], matching: int, total: int) -> str:
    """The list of articles: the first of ``matching`` that fit what was looked for, of ``total`` in the archive."""
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
    return _render("articles.html", heading=heading, rows=rows, more=matching - len(rows))


def upload_html(max_bytes: int) -> str:
    """The chooser of files to add."""
    return _render("upload.html", types=SUFFIXES, most=page_words.megabytes(max_bytes), bytes=max_bytes)


def adding_html(state: Adding) -> str:
    """How far adding files has come."""
    return _render("adding.html", state=state, percent=round(100 * state.part))


def scope_html(question: Question, coverage: Coverage, total: int) -> str:
    """The line over the conversation: what is being searched, and loudly so where it is the past."""
    hidden = total - coverage.articles
    past = f"{words.AS_OF} {day_and_time(question.as_of)}" if question.as_of else ""
    return _render(
        "scope.html",
        past=past,
        hidden=words.hidden(hidden),
        text=page_words.searching(coverage),
        limited=bool(words.window(question)),
    )


def page_html(piece: str) -> str:
    """A fixed piece of the page, by the name of its template."""
    return _render(f"{piece}.html")


def problem_html(sentence: str) -> str:
    """One sentence about what went wrong."""
    return _render("problem.html", sentence=sentence)


def note_html(sentence: str) -> str:
    """One sentence about what was done."""
    return _render("note.html", sentence=sentence)
