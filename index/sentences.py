"""Splits text into sentences with exact spans. syntok finds the sentences; this module interprets line breaks.

In news text a line break means one of three things: a new paragraph, the next item of a list (often without a full
stop), or hard wrapping at a fixed width. Only in the last case does a sentence continue on the next line.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from syntok import segmenter

from index.types import Span

_BULLET = re.compile(r"\s*(?:[-–—*•▪◦‣·]|\(?\d{1,2}[.)])\s+")
_TITLE_BEFORE_NAME = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Maj|Capt|Lt|Sgt|Sen|Rep|Gov|Rev|Hon|St)\.$")
_CLOCK_AT_END = re.compile(
    r'\b[ap]\.m\.\s+(?!(?:\w+day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\b|\w+ time\b|[A-Z]{2,})(?=[“"A-Z])'
)
_LINE = re.compile(r"[^\n]*\n?")
_MIN_WRAP, _MAX_WRAP = 40, 120  # characters: usual line widths of hard-wrapped prose


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences in order: trimmed, disjoint, and covering everything except white space."""
    return [span for block in blocks(text) for span in _split(text, block)]


def blocks(text: str) -> Iterator[Span]:
    """Yield the paragraphs: runs of lines within which a sentence may continue across a line break."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = trim(text, Span(match.start(), match.end()))
        if line.start < line.end:
            lines.append(line)
        elif lines:
            yield from _join(text, lines)
            lines = []
    if lines:
        yield from _join(text, lines)


def _join(text: str, lines: list[Span]) -> Iterator[Span]:
    wrapped = _is_hard_wrapped([line.of(text) for line in lines])
    start = lines[0].start
    for line, following in itertools.pairwise(lines):
        continues = text[following.start].islower() or wrapped
        if not continues or _BULLET.match(text, following.start):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Return whether prose was wrapped at a fixed width: no line had room for the first word of the next."""
    width = max(map(len, lines))
    if len(lines) < 3 or not _MIN_WRAP <= width <= _MAX_WRAP or not any(line[0].islower() for line in lines[1:]):
        return False
    return all(
        len(line) + 1 + len(following.split(maxsplit=1)[0]) > width for line, following in itertools.pairwise(lines)
    )


def _split(text: str, block: Span) -> Iterator[Span]:
    source = block.of(text)
    # Use only the offset of each sentence's first token: syntok rewrites some tokens ("can't" becomes "can", "not").
    starts = {0} | {s[0].offset for paragraph in segmenter.analyze(source) for s in paragraph if s}
    # Correct two errors of syntok: it splits "Dr. | A. R. Quist", and does not split after a final "at 5 p.m.".
    starts -= {start for start in starts if _TITLE_BEFORE_NAME.search(source[max(0, start - 60) : start].rstrip()[-6:])}
    starts |= {match.end() for match in _CLOCK_AT_END.finditer(source)}
    for start, end in itertools.pairwise([*sorted(starts), len(source)]):
        span = trim(text, Span(block.start + start, block.start + end))
        if span.start < span.end:
            yield span


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its ends; a span of only white space becomes empty, at its end."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
