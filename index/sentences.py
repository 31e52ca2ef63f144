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
_TITLE_BEFORE_NAME = re.compile(
    r"\b(?:Mr|Mrs|Ms|Messrs|Col|Maj|Capt|Cmdr|Lt|Sgt|Hon|St|Ste|Fmr|(?:Dr|Prof|Gen|Sen|Rep|Gov|Rev)s?)\.\s*$"
)
_NEW_SENTENCE = re.compile(r"(?:The|They|It|He|She|We|This|That|There|In|On|At|As|An|And|But)\s")
_DATELINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ .'’-]+,[^.]{0,30}\w\.\s*")
_MONTH_BEFORE_DAY = re.compile(r"\b(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.\s*$")
_CLOCK_AT_END = re.compile(
    r'\b[ap]\.m\.\s+(?!(?:\w+day|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w*\b|\w+ time\b|[A-Z]{2,})(?=[“"A-Z])'
)
_LINE = re.compile(r"[^\n]*\n?")
_SENTENCE_END = re.compile(r"[.!?…:][\"'’”»)\]]*\Z")
_MIN_WRAP, _MAX_WRAP = 40, 120  # characters: usual line widths of hard-wrapped prose
_NEARLY_FULL = 0.75  # of the width


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences in order: trimmed, disjoint, and covering everything except white space."""
    return [span for block in blocks(text) for span in _split(text, block)]


def blocks(text: str) -> Iterator[Span]:
    """Yield the paragraphs: runs of lines within which a sentence may continue across a line break."""
    runs = list(_runs(text))
    width = _wrap_width(text, runs)
    for lines in runs:
        yield from _join(text, lines, width)


def _runs(text: str) -> Iterator[list[Span]]:
    """Yield the lines between blank lines, trimmed."""
    lines: list[Span] = []
    for match in _LINE.finditer(text):
        line = trim(text, Span(match.start(), match.end()))
        if line.start < line.end:
            lines.append(line)
        elif lines:
            yield lines
            lines = []
    if lines:
        yield lines


def _join(text: str, lines: list[Span], width: int) -> Iterator[Span]:
    start = lines[0].start
    for line, following in itertools.pairwise(lines):
        continues = text[following.start].islower() or _is_full(text, line, following, width)
        if not continues or _BULLET.match(text, following.start):
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


def _wrap_width(text: str, runs: list[list[Span]]) -> int:
    """Return the line width of prose that was hard-wrapped, in characters; 0 if it was not.

    Prose was wrapped if at least a third of the lines that follow a full line start in lower case (about three in four
    do in running text, fewer among names). The lines of lists and headlines start in upper case.
    """
    pairs = [pair for lines in runs for pair in itertools.pairwise(lines)]
    width = max((line.end - line.start for pair in pairs for line in pair), default=0)
    if not _MIN_WRAP <= width <= _MAX_WRAP:
        return 0
    after_full = [text[following.start] for line, following in pairs if _is_full(text, line, following, width)]
    return width if 0 < len(after_full) <= 3 * sum(map(str.islower, after_full)) else 0


def _is_full(text: str, line: Span, following: Span, width: int) -> bool:
    """Return whether a line of wrapped prose was broken for lack of room.

    It had no room for the first word of the next line, or it is nearly full and does not end a sentence. The second
    condition is for text from PDF files, whose characters differ in width.
    """
    length = line.end - line.start
    if length + 1 + len(following.of(text).split(maxsplit=1)[0]) > width:
        return width > 0
    return length >= _NEARLY_FULL * width > 0 and not _SENTENCE_END.search(text, line.start, line.end)


def _split(text: str, block: Span) -> Iterator[Span]:
    source = block.of(text)
    # Use only the offset of each sentence's first token: syntok rewrites some tokens ("can't" becomes "can", "not").
    starts = {0} | {s[0].offset for paragraph in segmenter.analyze(source) for s in paragraph if s}
    # Correct errors of syntok: it splits too often (see ``_goes_on``), and does not split after a final "at 5 p.m.".
    starts -= {start for start in starts if start and _goes_on(source, start)}
    starts |= {match.end() for match in _CLOCK_AT_END.finditer(source)}
    for start, end in itertools.pairwise([*sorted(starts), len(source)]):
        span = trim(text, Span(block.start + start, block.start + end))
        if span.start < span.end:
            yield span


def _goes_on(text: str, start: int) -> bool:
    """Whether the sentence before ``start`` goes on: "Sens. | Lund and Quist", "Dec. | 2-3", "HOLM, Colo. | — A"."""
    before = text[max(0, start - 12) : start]
    after_title = _TITLE_BEFORE_NAME.search(before) and not _NEW_SENTENCE.match(text, start)
    after_month = text[start].isdigit() and _MONTH_BEFORE_DAY.search(before)
    after_dateline = text[start] in "–—" and _DATELINE.fullmatch(text, 0, start)
    return bool(after_title or after_month or after_dateline)


def trim(text: str, span: Span) -> Span:
    """Return the span without white space at its ends; a span of only white space becomes empty, at its end."""
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
