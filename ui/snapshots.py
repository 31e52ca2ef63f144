"""Serialisation of exchanges for the browser. What the browser sends back is untrusted and is validated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR, MINYEAR, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from index.errors import UnknownArticle
from rag.types import Answer, Citation, Reply
from ui.exchange import Exchange, finished, numbered
from ui.ports import Shelf
from ui.text import digest

MOST = 200
"""Maximum number of exchanges restored from one conversation."""

LARGEST = 5_000_000
"""Maximum size of one conversation in characters; browsers do not store more."""


@cache
def _form() -> TypeAdapter[Exchange]:
    return TypeAdapter(Exchange)


def snapshot(exchange: Exchange) -> str:
    """Serialise an exchange as JSON, without the texts of passages that were retrieved but not cited.

    ``restored`` returns the same exchange; one that was unfinished is restored as stopped.
    """
    reply = exchange.reply
    kept = replace(exchange, step=None, stopped=exchange.stopped or not exchange.is_over, changed=(), gone=(), talk="")
    if reply:
        retrieved = tuple(replace(scored, chunk=replace(scored.chunk, text="")) for scored in reply.trace.retrieved)
        trace = replace(reply.trace, retrieved=retrieved)
        # The reply already holds the claims and citations.
        kept = replace(kept, reply=replace(reply, trace=trace), claims=(), citations=())
    return json.dumps(_form().dump_python(kept, mode="json", exclude_defaults=True))


def restored(text: str, talk: str = "") -> tuple[tuple[Exchange, ...], int]:
    """Restore a conversation from a JSON list of snapshots.

    Args:
        text: The list as the browser sent it.
        talk: The browser's key of the conversation.

    Returns:
        The exchanges, and the number of snapshots that were invalid and left out.
    """
    try:
        given = from_json(text) if len(text) <= LARGEST else None
    except ValueError:
        given = None
    if not isinstance(given, list):
        return (), 1
    read = [_exchange(one) for one in given[:MOST]]
    whole = [one for one in read if one]
    return tuple(replace(one, number=number, talk=talk) for number, one in enumerate(whole, start=1)), len(given) - len(
        whole
    )


def _exchange(given: object) -> Exchange | None:
    if not isinstance(given, str):
        return None
    try:
        exchange = _form().validate_json(given)
    except ValidationError:
        return None
    if exchange.reply:
        exchange = finished(exchange, exchange.reply)
    exchange = replace(exchange, step=None, stopped=exchange.stopped or not exchange.is_over)
    return exchange if _is_whole(exchange) else None


def _is_whole(exchange: Exchange) -> bool:
    """Check that every cited number exists and every date has a zone, as in a snapshot made by this server."""
    reply = exchange.reply
    numbers = {citation.number for citation in exchange.citations}
    cited = {number for claim in exchange.claims for number in claim.citations}
    if isinstance(reply, Answer):
        cited |= {number for conflict in reply.conflicts for number in conflict.citations}
    question = exchange.question
    moments: list[Any] = [question.as_of, question.since, question.until]
    sources: Iterable[Any] = [*exchange.citations, *sources_of(reply)]
    if reply:
        sources = [*sources, *(scored.chunk for scored in reply.trace.retrieved)]
    moments += [moment for source in sources for moment in (source.published, source.updated)]
    moments += [reply.as_of] if isinstance(reply, Answer) else []
    return cited <= numbers and all(moment is None or _is_a_moment(moment) for moment in moments)


def _is_a_moment(moment: datetime) -> bool:
    """Check that it has a zone and can be converted to any other."""
    return moment.tzinfo is not None and MINYEAR < moment.year < MAXYEAR


def sources_of(reply: Reply | None) -> Sequence[Citation]:
    """Return the citations of an answer, or the nearest passages of an abstention."""
    if reply is None:
        return ()
    return reply.citations if isinstance(reply, Answer) else reply.nearest


def compared(archive: Shelf, exchanges: Iterable[Exchange]) -> tuple[Exchange, ...]:
    """Return the exchanges with ``changed`` and ``gone`` set by comparing their quotes with the archive."""
    texts: dict[str, str | None] = {}
    return tuple(_compared(archive, exchange, texts) for exchange in exchanges)


def _compared(archive: Shelf, exchange: Exchange, texts: dict[str, str | None]) -> Exchange:
    changed, gone = [], []
    for source in sources_of(exchange.reply) or exchange.citations:
        if source.article_id not in texts:
            texts[source.article_id] = _text(archive, source.article_id)
        text = texts[source.article_id]
        if text is None:
            gone.append(source.number)
        elif digest(text[source.start : source.end]) != digest(source.quote):
            changed.append(source.number)
    return replace(exchange, changed=tuple(changed), gone=tuple(gone))


def _text(archive: Shelf, article_id: str) -> str | None:
    try:
        return archive.article(article_id).text
    except UnknownArticle:
        return None


def find_source(exchanges: Sequence[Exchange], sent: Mapping[str, Any]) -> Citation | None:
    """Return the citation that the page names by exchange number and citation number, or None."""
    exchange = numbered(exchanges, sent.get("turn"))
    sources = (sources_of(exchange.reply) or exchange.citations) if exchange else ()
    return next((one for one in sources if str(one.number) == str(sent.get("number"))), None)
