"""Splits articles into chunks of whole sentences with exact spans, never longer than the embedder's input limit.

Also builds the texts that a chunk is embedded as and found by.
"""

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

SPECIAL_TOKENS = 4  # [CLS] and [SEP], plus a reserve for models that add more special tokens
HEADLINE_BYTES = 120  # enough to identify the story; no tokenizer produces more tokens than bytes
LEAD = 200  # characters from the start of an article that replace a missing headline
_WORD = re.compile(r"\S+")

Piece = tuple[Span, int]
"""A sentence, or part of an overlong sentence, with its number of tokens."""

Part = tuple[int, bool]
"""Start offset of a section of an article, and whether the section's chunks are headed (see ``Chunk.headed``).

No chunk crosses the boundary between two parts.
"""


def chunk_article(
    article: Article, embedder: Embedder, *, max_tokens: int, overlap: int, parts: Sequence[Part] = ()
) -> list[Chunk]:
    """Split an article into chunks of whole sentences.

    Args:
        article: the article to split; its text is not changed.
        embedder: counts tokens; its own input limit applies if it is lower than ``max_tokens``.
        max_tokens: maximum number of tokens in a chunk's embedded text, including the headline.
        overlap: maximum number of tokens repeated from the previous chunk, in whole sentences.
        parts: sections that no chunk may cross; empty treats the text as one section.

    Returns:
        Chunks in text order that together cover every character except white space. A sentence is divided only if it
        exceeds the limit by itself, and then between words if possible.
    """
    headline = _headline(article.title)
    room = min(max_tokens, embedder.max_tokens) - SPECIAL_TOKENS
    room = max(1, room - (embedder.count_tokens([headline])[0] if headline else 0))
    pieces = _pieces(article.text, embedder, room)
    spans = ((span, headed) for part, headed in _by_part(pieces, parts) for span in _pack(part, room, overlap))
    return [_chunk(article, ordinal, span, embedder, headed) for ordinal, (span, headed) in enumerate(spans)]


def embedded_text(chunk: Chunk) -> str:
    """Return the text to embed for a chunk: the headline, which identifies the story, above the chunk's own text.

    A chunk that is not ``headed`` is embedded without a headline.
    """
    headline = _headline(chunk.title) if chunk.headed else ""
    return f"{headline}\n{chunk.text}" if headline and not chunk.text.startswith(headline) else chunk.text


def searched_text(chunk: Chunk, article: str) -> str:
    """Return the text a chunk is found by: its article's headline, or else the article's first words, and its own text.

    A chunk that is not ``headed`` is found by its own text only.
    """
    if not chunk.headed:
        return chunk.text
    if chunk.title:
        return f"{chunk.title}\n{chunk.text}"
    return f"{article[:LEAD].rpartition(' ')[0]}\n{chunk.text}" if chunk.span.start >= LEAD else chunk.text


def _headline(title: str | None) -> str:
    words = (title or "").encode()[: HEADLINE_BYTES + 1].decode(errors="ignore")
    return words if len(words.encode()) <= HEADLINE_BYTES else words.rpartition(" ")[0]


def _pieces(text: str, embedder: Embedder, room: int) -> list[Piece]:
    """Return the sentences with their token counts; sentences longer than ``room`` tokens are divided."""
    spans = sentence_spans(text)
    counts = embedder.count_tokens([span.of(text) for span in spans])
    pieces: list[Piece] = []
    for span, tokens in zip(spans, counts, strict=True):
        pieces += [(span, tokens)] if tokens <= room else _divide(text, span, embedder, room)
    return pieces


def _divide(text: str, span: Span, embedder: Embedder, room: int) -> Iterator[Piece]:
    tokens = embedder.count_tokens([span.of(text)])[0]
    if tokens <= room or span.end - span.start == 1:
        yield span, tokens
        return
    middle = _middle(text, span)
    for part in (trim(text, Span(span.start, middle)), trim(text, Span(middle, span.end))):
        if part.start < part.end:
            yield from _divide(text, part, embedder, room)


def _middle(text: str, span: Span) -> int:
    """Return the word boundary nearest to the middle, or the middle itself if there is only one word."""
    half = (span.start + span.end) // 2
    boundaries = [match.start() for match in _WORD.finditer(text, span.start, span.end)][1:]
    return min(boundaries, key=lambda at: abs(at - half), default=half)


def _by_part(pieces: Sequence[Piece], parts: Sequence[Part]) -> Iterator[tuple[list[Piece], bool]]:
    """Group pieces by part; yield each group with its headed flag. A sentence belongs to the part it starts in."""
    starts = [start for start, _ in parts]
    for number, part in groupby(pieces, key=lambda piece: bisect_right(starts, piece[0].start)):
        yield list(part), parts[number - 1][1] if number else True


def _pack(pieces: Sequence[Piece], room: int, overlap: int) -> Iterator[Span]:
    """Greedily pack pieces into chunks; each chunk starts by repeating the last pieces of the previous one."""
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
    """Return where the next chunk starts: as many whole pieces before ``following`` as fit, but after ``first``."""
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
