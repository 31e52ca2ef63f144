"""Articles into chunks: whole sentences with exact spans, never longer than the embedder can take."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from index.ports import Embedder
from index.sentences import sentence_spans, trim
from index.types import Article, Chunk, Span

SPECIAL_TOKENS = 4  # [CLS] and [SEP], and room for models that add more around an input
HEADLINE_BYTES = 120  # enough to name the story; no tokenizer makes more tokens than bytes
_WORD = re.compile(r"\S+")

Piece = tuple[Span, int]
"""A sentence, or a part of one that is too long, with its number of tokens."""

Part = tuple[int, bool]
"""The character at which a part of an article starts, and whether its chunks are headed (``Chunk.headed``)."""


def chunk_article(
    article: Article, embedder: Embedder, *, max_tokens: int, overlap: int, parts: Sequence[Part] = ()
) -> list[Chunk]:
    """Cuts an article into chunks of whole sentences.

    Args:
        article: what to cut; its text is not changed.
        embedder: counts tokens, and has the last word on how many it takes.
        max_tokens: the most tokens a chunk's embedded text may have, headline included.
        overlap: at most this many tokens of whole sentences are repeated from the chunk before.
        parts: what no chunk goes over; none is the whole text in one.

    Returns:
        Chunks in the order of the text, which together hold every character but white space. Only a sentence that
        alone exceeds the limit is cut, between words where it has any.
    """
    headline = _headline(article.title)
    room = min(max_tokens, embedder.max_tokens) - SPECIAL_TOKENS
    room = max(1, room - (embedder.count_tokens([headline])[0] if headline else 0))
    pieces = _pieces(article.text, embedder, room)
    spans = ((span, headed) for part, headed in _in_parts(pieces, parts) for span in _pack(part, room, overlap))
    return [_chunk(article, ordinal, span, embedder, headed) for ordinal, (span, headed) in enumerate(spans)]


def embedded_text(chunk: Chunk) -> str:
    """What is embedded for a chunk: its article's headline, which names the story, above its own text.

    One that is not ``headed`` is embedded by itself.
    """
    headline = _headline(chunk.title) if chunk.headed else ""
    return f"{headline}\n{chunk.text}" if headline and not chunk.text.startswith(headline) else chunk.text


def _headline(title: str | None) -> str:
    words = (title or "").encode()[: HEADLINE_BYTES + 1].decode(errors="ignore")
    return words if len(words.encode()) <= HEADLINE_BYTES else words.rpartition(" ")[0]


def _pieces(text: str, embedder: Embedder, room: int) -> list[Piece]:
    """Sentences with their token counts; those over ``room`` cut into parts that fit."""
    spans = sentence_spans(text)
    counts = embedder.count_tokens([span.of(text) for span in spans])
    pieces: list[Piece] = []
    for span, tokens in zip(spans, counts, strict=True):
        pieces += [(span, tokens)] if tokens <= room else _halves(text, span, embedder, room)
    return pieces


def _halves(text: str, span: Span, embedder: Embedder, room: int) -> Iterator[Piece]:
    tokens = embedder.count_tokens([span.of(text)])[0]
    if tokens <= room or span.end - span.start == 1:
        yield span, tokens
        return
    middle = _middle(text, span)
    for part in (trim(text, Span(span.start, middle)), trim(text, Span(middle, span.end))):
        if part.start < part.end:
            yield from _halves(text, part, embedder, room)


def _middle(text: str, span: Span) -> int:
    """The word boundary nearest the middle, or the middle itself of one endless word."""
    half = (span.start + span.end) // 2
    boundaries = [match.start() for match in _WORD.finditer(text, span.start, span.end)][1:]
    return min(boundaries, key=lambda at: abs(at - half), default=half)


def _in_parts(pieces: Sequence[Piece], parts: Sequence[Part]) -> Iterator[tuple[list[Piece], bool]]:
    """The pieces of each part, and whether it is headed; a sentence belongs to where it starts."""
    starts = [start for start, _ in parts]
    for number, part in groupby(pieces, key=lambda piece: bisect_right(starts, piece[0].start)):
        yield list(part), parts[number - 1][1] if number else True


def _pack(pieces: Sequence[Piece], room: int, overlap: int) -> Iterator[Span]:
    """Greedy: as many pieces as fit, each next chunk opening with the last ones of the chunk before."""
    first = 0
    while first < len(pieces):
        last, used = first, pieces[first][1]
        while last + 1 < len(pieces) and used + pieces[last + 1][1] <= room:
            last += 1
            used += pieces[last][1]
        yield Span(pieces[first][0].start, pieces[last][0].end)
        following = last + 1
        if following == len(pieces):
            return
        first = _overlap_start(pieces, first, following, min(overlap, room - pieces[following][1]))


def _overlap_start(pieces: Sequence[Piece], first: int, following: int, allowed: int) -> int:
    """Where the next chunk starts: before ``following`` by whole pieces that fit, but always after ``first``."""
    start = following
    while start - 1 > first and pieces[start - 1][1] <= allowed:
        start -= 1
        allowed -= pieces[start][1]
    return start


def _chunk(article: Article, ordinal: int, span: Span, embedder: Embedder, headed: bool) -> Chunk:
    text = span.of(article.text)
    known = (article.title, article.outlet, article.author, article.url, _path(article))
    dates = tuple(_iso(moment) for moment in (article.published, article.updated))
    alone = () if headed else ("alone",)
    identity = repr((article.id, span.start, span.end, text, known, dates, embedder.name, *alone))
    return Chunk(
        id=hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32],
        article_id=article.id,
        ordinal=ordinal,
        span=span,
        text=text,
        title=article.title,
        outlet=article.outlet,
        author=article.author,
        url=article.url,
        path=article.path,
        published=article.published,
        updated=article.updated,
        headed=headed,
    )


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _path(article: Article) -> str | None:
    return str(article.path) if article.path else None
