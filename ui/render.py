"""Exchanges and the fixed pieces of the page as HTML. Pure functions; articles are in ``ui.render_article``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from index.corpus import SUFFIXES
from index.types import Coverage, Question
from rag.types import Abstention, Answer, Reply
from rag.wire import refusal_lead, reply_json
from ui import page_words, plain, words
from ui.exchange import Exchange
from ui.markup import rendered
from ui.moments import day_and_time
from ui.snapshots import snapshot
from ui.text import fingerprint
from ui.timeline import timeline

if TYPE_CHECKING:
    from ui.curator import Adding


def exchange_html(exchange: Exchange, *, rating: bool = False) -> str:
    """Render a question with its reply so far; ``rating`` shows the rating buttons."""
    reply = exchange.reply
    answer = reply if isinstance(reply, Answer) else None
    understood = reply.trace.standalone_question if reply else ""
    return rendered(
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
    """Render finished exchanges, oldest first."""
    return "".join(exchange_html(exchange, rating=rating) for exchange in exchanges)


def _saved(reply: Reply) -> str:
    """Return the reply as JSON, with the SHA-256 of each quote so that changes to an article can be detected."""
    saved = reply_json(reply)
    for citation in saved["citations"]:
        citation["quote_sha256"] = fingerprint(citation["quote"])
    return json.dumps(saved, ensure_ascii=False, indent=1)


def kept_html(exchange: Exchange, *, cut: bool) -> str:
    """Render an exchange for the browser to save; ``cut`` drops the saved exchanges after it."""
    return rendered("kept.html", x=exchange, kept=snapshot(exchange), cut=cut)


def unkept_html() -> str:
    """Tell the browser that no conversation is open. Each value is unique, because the page only notices changes."""
    return f'<i data-none="{uuid4().hex}"></i>'


def editing_html(exchange: Exchange, *, followed: bool) -> str:
    """Render the line above the question box while editing; ``followed`` means that later exchanges will be lost."""
    return rendered("editing.html", text=page_words.editing(exchange.number, followed=followed))


def _refusal(reply: Abstention) -> Mapping[str, Any]:
    return {
        "lead": refusal_lead(reply),
        "searched": words.searched(reply.searched),
        "nearest": [near for near in reply.nearest if near.number != reply.premise],
        "premise": next((near for near in reply.nearest if near.number == reply.premise), None),
    }


def upload_html(max_bytes: int) -> str:
    """Render the file chooser."""
    return rendered("upload.html", types=SUFFIXES, most=page_words.megabytes(max_bytes), bytes=max_bytes)


def adding_html(state: Adding) -> str:
    """Render the progress and the result of adding files."""
    return rendered("adding.html", state=state, percent=round(100 * state.part))


def scope_html(question: Question, coverage: Coverage, total: int) -> str:
    """Render the line that says what is being searched, with emphasis if it is limited to the past."""
    hidden = total - coverage.articles
    past = f"{words.AS_OF} {day_and_time(question.as_of)}" if question.as_of else ""
    return rendered(
        "scope.html",
        past=past,
        hidden=words.hidden(hidden),
        text=page_words.searching(coverage),
        limited=bool(words.window(question)),
    )


def page_html(piece: str) -> str:
    """Render a static piece of the page by the name of its template."""
    return rendered(f"{piece}.html")


def problem_html(sentence: str) -> str:
    """Render an error message."""
    return rendered("problem.html", sentence=sentence)


def note_html(sentence: str) -> str:
    """Render a success message."""
    return rendered("note.html", sentence=sentence)
