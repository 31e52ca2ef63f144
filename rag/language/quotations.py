"""What a text puts in quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.words import same_length

_SINGLE = re.compile(r"(?<![\w'])'(?=[^\s'])((?:[^']|(?<=\w)'(?=\w))+?)(?<=[^\s])'(?!\w)")
# Two apostrophes and two backticks are quotation marks as well (see ``same_length``).
_CURLY = {"“": True, "„": True, "«": True, "`": True, "”": False, "»": False, "'": False, "’": False}

_OPENING = ("“", '"', "„", "«")
_LONGEST = 8
_SENTENCE_ENDS = {".", "!", "?"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks, with their place in the text (marks excluded)."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def quoted_in(text: str) -> tuple[Quoted, ...]:
    """What a text puts in quotation marks, double or single.

    A quotation left open runs to the end of the text; one that only closes began before the text did.
    """
    plain = same_length(text)
    found: list[Quoted] = []
    opened: int | None = None
    closed_before = False
    for at, opens in _marks(text, plain):
        if opens:
            if opened is not None:  # every paragraph of a long quotation opens anew
                found.append(Quoted(plain[opened:at], opened, at))
            opened = at + 1
        elif opened is not None:
            found.append(Quoted(plain[opened:at], opened, at))
            opened, closed_before = None, True
        elif not closed_before and not found:
            found.append(Quoted(plain[:at], 0, at))
            closed_before = True
    if opened is not None and plain[opened:].strip():
        found.append(Quoted(plain[opened:], opened, len(plain)))
    return tuple(sorted([*found, *_single(plain, found)], key=lambda q: q.start))


def is_left_open(text: str) -> bool:
    """Whether the text ends inside a quotation."""
    plain = same_length(text)
    return next((opens for _, opens in reversed(list(_marks(text, plain)))), False)


def begins_inside(text: str) -> bool:
    """Whether the text begins inside a quotation: the first mark in it closes one."""
    plain = same_length(text)
    return next((not opens for _, opens in _marks(text, plain)), False)


def runs(sentences: Sequence[str]) -> list[range]:
    """Which sentences in a row stand in one quotation: from the one that leaves it open to the one that closes it.

    A quotation that nobody closes within ``_LONGEST`` sentences is none: a mark may be missing.
    """
    found: list[range] = []
    first: int | None = None
    for n, sentence in enumerate(sentences):
        if first is not None and n - first > _LONGEST:
            first = None
        stays_open = is_left_open(sentence)
        opens_anew = sentence.startswith(_OPENING)  # as every paragraph of a long quotation does
        if first is not None and (begins_inside(sentence) or (opens_anew and not stays_open)):
            found.append(range(first, n + 1))
            first = None
        if stays_open and (first is None or not opens_anew):
            first = n
    return found


def _marks(text: str, plain: str) -> Iterator[tuple[int, bool]]:
    """Each double quotation mark: where it is and whether it looks like an opening one."""
    is_open = False
    for match in re.finditer('"', plain):
        at = match.start()
        before, after = plain[at - 1 : at], plain[at + 1 : at + 2]
        if text[at] in _CURLY:
            is_open = _CURLY[text[at]]
        elif before in _SENTENCE_ENDS and after.isalnum():  # 'he said."We will go."': no space tells
            is_open = not is_open
        else:
            is_open = (not before or before in " \n([-—–'/:") and bool(after) and not after.isspace()
        yield at, is_open


def _single(plain: str, found: list[Quoted]) -> list[Quoted]:
    matches = _SINGLE.finditer(plain)
    return [
        Quoted(m.group(1), m.start(1), m.end(1))
        for m in matches
        if not any(q.start <= m.start() < q.end for q in found)
    ]
