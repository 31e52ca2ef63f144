"""What a language model wrote, as sentences and the numbers they cite: thinking, talk and markup are left out.

Models differ in their manners: they think aloud, greet, number and embolden their lines, put markers in front of a
sentence or inside it, and list their sources at the end. None of that is a sentence of an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from index.sentences import sentence_spans
from rag.citations import parse_markers
from rag.types import Sentence

NOT_IN_ARTICLES = "NOT IN ARTICLES"
"""What a model is told to write where the passages do not answer."""

_THOUGHT = r"(?:think(?:ing)?|thought|reasoning)"
_OPENS, _CLOSES = re.compile(rf"<{_THOUGHT}>", re.IGNORECASE), re.compile(rf"</{_THOUGHT}>", re.IGNORECASE)
# Colours of a terminal, control characters, and marks that turn round or hide the letters beside them.
_UNSEEN = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_MARKUP = re.compile(r"^```\w*$|\*\*|__|(?<=[\]】〕])\([^()\s]*\)")
_BULLET = re.compile(r"^\s*(?:[-*•–|]\s+|\d{1,2}[.)]\s+|#+\s+|>\s+)+")
_LABEL = re.compile(r"^\s*(?:final\s+)?answer\s*:\s*(?=\S)", re.IGNORECASE)
_LIST_OF_SOURCES = re.compile(r"^\W*(?:sources?|references?|citations?)(?:\s+(?:used|cited))?\s*:", re.IGNORECASE)
_LEAD_IN = re.compile(r":\s*$")

_MARKERS = r"(?:\s*[\[【〔［][^\[\]【】〔〕［］]{1,60}[\]】〕］])++"  # all of them: no sentence ends between two
_END = r"[.!?…][\"'”’)]*"
_MARKED_END = re.compile(rf"(?:{_END}{_MARKERS}|{_MARKERS}\s*{_END})(?=\s+\S)")
_LED_BY_MARKER = re.compile(rf"^{_MARKERS}\s*[^\W_]")
_BEFORE_MARKER = re.compile(rf"(?<=[.!?…])\s+(?={_MARKERS})")
_BARE = re.compile(r"\s*\(\s*(\d{1,2}(?:\s*,\s*\d{1,2})*)\s*\)\s*([.!?]?)\s*$")
_RAISED = re.compile(r"(?<=[.!?…\"”])[⁰¹²³⁴-⁹]+\s*$")
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
    """The sentences of one answer as it comes in, and what was said in place of sentences.

    Attributes:
        declined: the model said that the passages do not answer.
    """

    def __init__(self, pieces: Iterable[str], known: Set[int], most: int) -> None:
        """``known`` are the passages' numbers; after ``most`` sentences the rest is left unread."""
        self._pieces = pieces
        self._known = known
        self._most = most
        self.declined = False

    def sentences(self) -> Iterator[Sentence]:
        """Each sentence as soon as its line is complete."""
        given = 0
        for line in spoken_lines(self._pieces):
            plain = _plain(line)
            if _LIST_OF_SOURCES.match(plain):
                return
            if _refuses(plain):
                self.declined = not given
                return
            if not given and _declines(plain):  # sentences may follow that say something after all
                self.declined = True
                continue
            for sentence in self._in_line(plain):
                self.declined = False
                yield sentence
                given += 1
                if given == self._most:
                    return

    def _in_line(self, line: str) -> Iterator[Sentence]:
        for part in _parts(line):
            text, numbers = self._cited(part)
            if not numbers and _LEAD_IN.search(text):
                continue
            for span in sentence_spans(text):  # two on one line share its markers, and are checked one by one
                if any(letter.isalnum() for letter in span.of(text)):
                    yield Sentence(span.of(text), numbers)

    def _cited(self, part: str) -> tuple[str, tuple[int, ...]]:
        text, numbers = parse_markers(part)
        if numbers:
            return text, numbers
        if raised := _RAISED.search(text):
            numbers = tuple(int(digit.translate(_DIGITS)) for digit in raised.group().strip())
            return text[: raised.start()], tuple(dict.fromkeys(numbers))
        bare = _BARE.search(text)
        if bare and self._known >= {*_numbers(bare[1])}:  # "(1)" at the end, where it can be nothing else
            return text[: bare.start()] + bare[2], tuple(dict.fromkeys(_numbers(bare[1])))
        return text, ()


def spoken_lines(pieces: Iterable[str]) -> Iterator[str]:
    """Complete lines that hold something as they come, the last one also without its end, without any thinking."""
    begun, thinking = "", False
    for piece in pieces:
        *lines, begun = (begun + piece).split("\n")
        for line in lines:
            told, thinking = _spoken(line, thinking)
            if told.strip():
                yield told
    told, _ = _spoken(begun, thinking)
    if told.strip():
        yield told


def _spoken(line: str, thinking: bool) -> tuple[str, bool]:
    """What of a line is said, and whether the model is thinking at its end."""
    told = ""
    while True:
        closes = _CLOSES.search(line)
        if thinking:
            if not closes:
                return told, True
            line, thinking = line[closes.end() :], False
            continue
        opens = _OPENS.search(line)
        if closes and not (opens and opens.start() < closes.start()):  # some servers swallow the tag that opens
            told, line = "", line[closes.end() :]
        elif opens:
            told, line, thinking = told + line[: opens.start()], line[opens.end() :], True
        else:
            return told + line, False


def _plain(line: str) -> str:
    bare = _MARKUP.sub("", _UNSEEN.sub("", " ".join(line.split())))
    return _LABEL.sub("", _BULLET.sub("", bare)).strip()


def _parts(line: str) -> list[str]:
    """The sentences of a line with their markers, which stand before, inside or behind them."""
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
    """Says in other words, and cites nothing for it, that the passages do not answer."""
    return _DECLINES.match(line) is not None and not parse_markers(line)[1]


def _numbers(inside: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", inside)]
