"""Find the parts of a text in quotation marks.

Covers double marks of every kind (straight, curly, „low“, «angle», two apostrophes or backticks), single marks around
words ('fraudulent'), a quotation that the text leaves open, one that began before the text, and quotations of several
paragraphs, in which every paragraph opens anew and only the last one closes.

Leaves out: quotations inside quotations, and missing marks. A quotation that is not closed within ``_LONGEST``
sentences is taken for a missing mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.words import same_length

# Single marks around words, but not the apostrophes of "the dogs' owner's".
_SINGLE = re.compile(r"(?<![\w'])'(?=[^\s'])((?:[^']|(?<=\w)'(?=\w))+?)(?<=[^\s])'(?!\w)")
# Marks whose direction their form shows: True where they open. The others include the two apostrophes and two
# backticks of ``same_length``.
_CURLY = {"“": True, "„": True, "«": True, "`": True, "”": False, "»": False, "'": False, "’": False}

# Marks with a direction and the mark on the other side of the quotation.
_PARTNER = {"“": "”", "”": "“", "«": "»", "»": "«"}
# Marks before a straight mark that ends somebody's words; after a figure (5") it means inches.
_BEFORE_CLOSING_MARK = frozenset(",.!?…-–—")
_OPENING = ("“", '"', "„", "«")
# Sentences within which a quotation must close.
_LONGEST = 8
# Marks before a quotation mark without a space after it.
_SENTENCE_ENDS = {".", "!", "?"}


@dataclass(frozen=True, slots=True)
class Quoted:
    """The text between quotation marks and its offsets in the full text, without the marks."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1024)
def quoted_in(text: str) -> tuple[Quoted, ...]:
    """Return the quotations of a text, in order, with double or single marks.

    A quotation that is left open runs to the end of the text. One that is only closed began before the text.
    """
    plain = same_length(text)
    found: list[Quoted] = []
    opened: int | None = None
    closed_before = False
    for at, opens in _marks(text, plain):
        if opens:
            if opened is not None:  # each paragraph of a long quotation opens again
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
    """Whether the text begins inside a quotation: its first quotation mark is a closing one."""
    plain = same_length(text)
    return next((not opens for _, opens in _marks(text, plain)), False)


_FOREIGN = re.compile(r"„|(?:^|\s)[”»]\w")
"""Marks used as in German, Danish or Swedish, where the one that closes in English opens."""


def with_missing_marks(text: str) -> str:
    """Return a sentence from a longer quotation with the quotation mark it lacks, for display.

    'We must pay,” she said.' gets its opening mark, 'She said: “It is old.' its closing one. Straight marks that may
    mean inches, and the marks of other languages („…“, »…«, ”…”), are left alone.
    """
    marks = list(_marks(text, same_length(text)))
    if not marks or _FOREIGN.search(text):
        return text
    (first, opens), (last, stays_open) = marks[0], marks[-1]
    ends_speech = text[first] in _PARTNER or text[first - 1 : first] in _BEFORE_CLOSING_MARK
    opening = _PARTNER.get(text[first], '"') if not opens and ends_speech else ""
    closing = _PARTNER.get(text[last], '"') if stays_open else ""
    return f"{opening}{text}{closing}"


def runs(sentences: Sequence[str]) -> list[range]:
    """Return the ranges of consecutive sentences that belong to one quotation.

    Each range goes from the sentence that leaves the quotation open to the one that closes it. A quotation that is not
    closed within ``_LONGEST`` sentences is ignored, because its closing mark may be missing.
    """
    found: list[range] = []
    first: int | None = None
    for n, sentence in enumerate(sentences):
        if first is not None and n - first > _LONGEST:
            first = None
        stays_open = is_left_open(sentence)
        opens_anew = sentence.startswith(_OPENING)  # each paragraph of a long quotation opens again
        if first is not None and (begins_inside(sentence) or (opens_anew and not stays_open)):
            found.append(range(first, n + 1))
            first = None
        if stays_open and (first is None or not opens_anew):
            first = n
    return found


def _marks(text: str, plain: str) -> Iterator[tuple[int, bool]]:
    """Yield the offset of each double quotation mark and whether it looks like an opening one."""
    is_open = False
    for match in re.finditer('"', plain):
        at = match.start()
        before, after = plain[at - 1 : at], plain[at + 1 : at + 2]
        if text[at] in _CURLY:
            is_open = _CURLY[text[at]]
        elif before in _SENTENCE_ENDS and after.isalnum():  # 'he said."We will go."' has no space to decide by
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
