"""Parses a language model's output into sentences and the passage numbers they cite.

Output formats differ between models: some print their reasoning, number their lines or use bold type, put markers
before or inside a sentence, or list their sources at the end. All of that is removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set

from index.sentences import sentence_spans
from rag.citations import parse_markers
from rag.types import Sentence

NOT_IN_ARTICLES = "NOT IN ARTICLES"
"""What the prompt tells a model to write if the passages do not answer the question."""

_REASONING = r"(?:think(?:ing)?|thought|reasoning)"
_REASONING_START, _REASONING_END = (
    re.compile(rf"<{_REASONING}>", re.IGNORECASE),
    re.compile(rf"</{_REASONING}>", re.IGNORECASE),
)
# Terminal colours, control characters, and marks that reverse or hide adjacent letters.
_INVISIBLE = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]"
)
_MARKUP = re.compile(r"^```\w*$|\*\*|__|(?<=[\]】〕])\([^()\s]*\)")
_BULLET = re.compile(r"^\s*(?:[-*•–|]\s+|\d{1,2}[.)]\s+|#+\s+|>\s+)+")
_LABEL = re.compile(r"^\s*(?:final\s+)?answer\s*:\s*(?=\S)", re.IGNORECASE)
_LIST_OF_SOURCES = re.compile(r"^\W*(?:sources?|references?|citations?)(?:\s+(?:used|cited))?\s*:", re.IGNORECASE)
_LEAD_IN = re.compile(r":\s*$")

_MARKERS = (
    r"(?:\s*[\[【〔［][^\[\]【】〔〕［］]{1,60}[\]】〕］])++"  # possessive: a sentence never ends between two markers
)
_END = r"[.!?…][\"'”’)]*"
_MARKED_END = re.compile(rf"(?:{_END}{_MARKERS}|{_MARKERS}\s*{_END})(?=\s+\S)")
_LED_BY_MARKER = re.compile(rf"^{_MARKERS}\s*[^\W_]")
_BEFORE_MARKER = re.compile(rf"(?<=[.!?…])\s+(?={_MARKERS})")
_BARE_MARKER = re.compile(r"\s*\(\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\)\s*([.!?]?)\s*$")
_SUPERSCRIPT_MARKER = re.compile(r"(?<=[.!?…\"”])[⁰¹²³⁴-⁹]+\s*$")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_DECLINES = re.compile(
    r"^\W*(?:(?:unfortunately|sorry|i(?:['’]m| am) sorry|based on [^,.]*)\W+(?:but\s+)?)?"
    r"(?:(?:the|these|those|given|provided|available|news|numbered)\s+)+"
    r"(?:passages?|articles?|sources?|excerpts?|texts?|information)(?:\s+(?:provided|given|above))?\s+"
    r"(?:do(?:es)?\s+not|don['’]t|doesn['’]t)\s+"
    r"(?:say|tell|state|answer|mention|contain|include|provide|specify|give|address|explain)\b",
    re.IGNORECASE,
)


class Drafted:
    """Reads the sentences of one answer while it is streamed.

    Attributes:
        declined: whether the model said that the passages do not answer.
    """

    def __init__(self, pieces: Iterable[str], known: Set[int], most: int) -> None:
        """``known`` are the passage numbers; reading stops after ``most`` sentences."""
        self._pieces = pieces
        self._known = known
        self._most = most
        self.declined = False

    def sentences(self) -> Iterator[Sentence]:
        """Yields each sentence as soon as its line is complete."""
        given = 0
        for line in spoken_lines(self._pieces, begins=self._begins):
            plain = _plain(line)
            if label := _LIST_OF_SOURCES.match(plain):
                if given or self.declined:
                    return
                plain = plain[label.end() :].strip()  # no list of sources comes before the answer
            if _refuses(plain):
                self.declined = not given
                return
            if not given and _declines(plain):  # an answer may still follow
                self.declined = True
                continue
            for sentence in self._in_line(plain):
                self.declined = False
                yield sentence
                given += 1
                if given == self._most:
                    return

    def _begins(self, line: str) -> bool:
        """Whether an answer, rather than reasoning, begins with this line: it cites a known passage or refuses."""
        plain = _plain(line)
        return _refuses(plain) or any(not self._known.isdisjoint(self._cited(part)[1]) for part in _parts(plain))

    def _in_line(self, line: str) -> Iterator[Sentence]:
        for part in _parts(line):
            text, numbers = self._cited(part)
            if not numbers and _LEAD_IN.search(text):
                continue
            for span in sentence_spans(text):  # sentences on one line share its markers
                if any(letter.isalnum() for letter in span.of(text)):
                    yield Sentence(span.of(text), numbers)

    def _cited(self, part: str) -> tuple[str, tuple[int, ...]]:
        text, numbers = parse_markers(part)
        if numbers:
            return text, numbers
        if raised := _SUPERSCRIPT_MARKER.search(text):
            numbers = tuple(int(digit.translate(_DIGITS)) for digit in raised.group().strip())
            return text[: raised.start()], tuple(dict.fromkeys(numbers))
        bare = _BARE_MARKER.search(text)
        if bare and self._known >= {*_numbers(bare[1])}:  # "(1)" at the end, if it can only be a marker
            return text[: bare.start()] + bare[2], tuple(dict.fromkeys(_numbers(bare[1])))
        return text, ()


def spoken_lines(pieces: Iterable[str], *, begins: Callable[[str], bool] | None = None) -> Iterator[str]:
    """Yields the non-blank lines without reasoning blocks; the last line needs no line break.

    Some servers drop the tag that opens a reasoning block, so that only the closing tag shows what the lines before it
    were. Lines are therefore held back until the closing tag or the end, unless the answer ``begins`` with the first
    line (after any lead-in that ends with a colon); then each is yielded as soon as it is complete.
    """
    held: list[str] = []
    holding = True
    try:
        for line, was_reasoning in _visible_lines(pieces):
            if was_reasoning:
                held, holding = [], False
            if not line.strip():
                continue
            if holding and begins and all(map(_LEAD_IN.search, held)) and begins(line):
                yield from held
                held, holding = [], False
            if holding:
                held.append(line)
            else:
                yield line
    except Exception:
        yield from held
        raise
    yield from held


def _visible_lines(pieces: Iterable[str]) -> Iterator[tuple[str, bool]]:
    """Yields the visible part of each line, and whether the line ends a reasoning block that was never opened."""
    begun, thinking = "", False
    for piece in pieces:
        *lines, begun = (begun + piece).split("\n")
        for line in lines:
            visible, thinking, was_reasoning = _visible_part(line, thinking)
            yield visible, was_reasoning
    visible, _, was_reasoning = _visible_part(begun, thinking)
    yield visible, was_reasoning


def _visible_part(line: str, thinking: bool) -> tuple[str, bool, bool]:
    """The part of a line outside reasoning blocks.

    Also whether a block is still open at its end, and whether a block that was never opened ended in it.
    """
    visible, was_reasoning = "", False
    while True:
        closes = _REASONING_END.search(line)
        if thinking:
            if not closes:
                return visible, True, was_reasoning
            line, thinking = line[closes.end() :], False
            continue
        opens = _REASONING_START.search(line)
        if closes and not (opens and opens.start() < closes.start()):
            visible, line, was_reasoning = "", line[closes.end() :], True
        elif opens:
            visible, line, thinking = visible + line[: opens.start()], line[opens.end() :], True
        else:
            return visible + line, False, was_reasoning


def _plain(line: str) -> str:
    bare = _MARKUP.sub("", _INVISIBLE.sub("", " ".join(line.split())))
    return _LABEL.sub("", _BULLET.sub("", bare)).strip()


def _parts(line: str) -> list[str]:
    """The sentences of a line with their markers, which may be before, inside or after them."""
    if _LED_BY_MARKER.match(line):
        return _BEFORE_MARKER.split(line)
    parts, start = [], 0
    for end in _MARKED_END.finditer(line):
        parts.append(line[start : end.end()])
        start = end.end()
    return [*parts, line[start:]]


def _refuses(line: str) -> bool:
    letters = re.sub(r"[^A-Z ]", "", line.upper().replace("IN THE ARTICLES", "IN ARTICLES")).strip()
    return letters.startswith(NOT_IN_ARTICLES)


def _declines(line: str) -> bool:
    """Whether the line says in other words, without a citation, that the passages do not answer."""
    return _DECLINES.match(line) is not None and not parse_markers(line)[1]


def _numbers(inside: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", inside)]
