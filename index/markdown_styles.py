"""Simple Markdown markup in an article's text: which characters are emphasis, headings, bullets, or their marks.

The stored text keeps its markup, because citations count its characters. So the markup is located and styled when
the article is displayed, and no character is removed; sentences shown elsewhere lose their marks. Markdown libraries
convert text to HTML without the positions of inline markup, which the highlighted quote needs.

Only unambiguous markup is found: ``**bold**``, ``*italic*``, ``***both***``, the same with underscores, ``#``
headings and ``-``, ``*`` or ``+`` bullets (CommonMark 0.31, sections 4.2, 5.2 and 6.2). Anything else stays as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

_LINE = re.compile(r"[^\n]+")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_RULE = re.compile(r"[ \t]*([-*_])[ \t]*(?:\1[ \t]*){2,}$")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(?=[^\s#])")
_HEADING_END = re.compile(r"[ \t]+#*[ \t]*$|$")
_BULLET = re.compile(r" {0,3}(?P<bullet>[-*+])[ \t]+(?=\S)")
_CODE_OR_DELIMITER = re.compile(r"(?P<code>(?<!`)`[^`\n]+`)|(?<!\\)(?P<mark>\*+|_+)")
_INSIDE_WORD = re.compile(r"[\w\\/]")


class Style(StrEnum):
    """What a run of characters is; the value is its CSS class."""

    MARK = "md-mark"
    BULLET = "md-bullet"
    HEADING = "md-heading"
    BOLD = "md-bold"
    ITALIC = "md-italic"


@dataclass(frozen=True, slots=True, order=True)
class Styled:
    """The characters ``text[start:end]`` and their style."""

    start: int
    end: int
    style: Style


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent characters ``text[start:end]`` with the same styles; runs do not overlap."""

    start: int
    end: int
    styles: tuple[Style, ...]


def without_marks(text: str) -> str:
    """Return the text without the marks of its emphasis and headings, for display beside the exact quote."""
    runs = [run for run in styled_runs(text) if Style.MARK in run.styles]
    starts, ends = [0, *(run.end for run in runs)], [*(run.start for run in runs), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def styled_runs(text: str) -> list[Run]:
    """Return the styled runs of a Markdown text in order; characters without style are in none."""
    found = sorted({*_blocks(text)})
    edges = sorted({edge for one in found for edge in (one.start, one.end)})
    runs: list[Run] = []
    active: list[Styled] = []
    following = iter(found)
    pending = next(following, None)
    for start, end in pairwise(edges):
        active = [one for one in active if one.end > start]
        while pending and pending.start == start:
            active.append(pending)
            pending = next(following, None)
        if active:
            runs.append(Run(start, end, tuple(sorted({one.style for one in active}))))
    return runs


def _blocks(text: str) -> Iterator[Styled]:
    """Find headings and bullets line by line, and the emphasis within each block."""
    fence = ""
    first = last = 0  # the current paragraph; emphasis does not cross its ends
    for line in _LINE.finditer(text):
        start, end = line.span()
        if fence or (opened := _FENCE.match(line[0])):
            yield from _emphasis(text, first, last)
            first = last = end
            if not fence:
                fence = opened[1] if opened else ""
            elif line[0].strip().startswith(fence):
                fence = ""
            continue
        heading, bullet = _HEADING.match(line[0]), _BULLET.match(line[0])
        separate = not line[0].strip() or start > last + 1
        if separate or heading or bullet or _RULE.match(line[0]):
            yield from _emphasis(text, first, last)
            first = start
        last = end
        if _RULE.match(line[0]):
            first = end
        elif heading:
            yield from _heading(line[0], start, heading.end())
            yield from _emphasis(text, start + heading.end(), end)
            first = end
        elif bullet:
            yield Styled(start + bullet.start("bullet"), start + bullet.end("bullet"), Style.BULLET)
            first = start + bullet.end()
    yield from _emphasis(text, first, last)


def _heading(line: str, start: int, content: int) -> Iterator[Styled]:
    closing = _HEADING_END.search(line, content)
    end = closing.start() if closing else len(line)
    yield Styled(start, start + content, Style.MARK)
    yield Styled(start + content, start + end, Style.HEADING)
    if end < len(line):
        yield Styled(start + end, start + len(line), Style.MARK)


def _emphasis(text: str, first: int, last: int) -> Iterator[Styled]:
    """Pair each closing delimiter with the nearest open one of the same kind; takes linear time."""
    opened: dict[str, int] = {}
    for found in _CODE_OR_DELIMITER.finditer(text, first, last):
        mark = found["mark"]
        if not mark or len(mark) > 3:
            continue
        start, end = found.span()
        before = text[start - 1] if start > first else " "
        after = text[end] if end < last else " "
        if mark in opened and not before.isspace() and not _INSIDE_WORD.match(after):
            begun = opened[mark]
            opened = {other: at for other, at in opened.items() if at < begun}
            yield from _pair(begun, start, len(mark))
        elif not after.isspace() and not _INSIDE_WORD.match(before):
            opened[mark] = start


def _pair(begun: int, closed: int, width: int) -> Iterable[Styled]:
    inner = begun + width
    yield Styled(begun, inner, Style.MARK)
    yield Styled(closed, closed + width, Style.MARK)
    if width != 2:
        yield Styled(inner, closed, Style.ITALIC)
    if width != 1:
        yield Styled(inner, closed, Style.BOLD)
