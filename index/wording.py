"""Whose words a text is in: how much of it stands in another one, and whether a passage stands there wholly.

Wording tells a reprint from a rival's report on the same event, not meaning: another reporter is another voice. So no
embedding is asked. Candidates come from fingerprints chosen by winnowing (Schleimer, Wilkerson and Aiken, SIGMOD 2003);
how much of an article stands in another is the containment of its word shingles (Broder, "On the resemblance and
containment of documents", 1997). Both find an abridgement in a long article, which the resemblance that MinHash
libraries estimate does not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from itertools import groupby

from index.sentences import blocks
from index.terms import THOUSANDS
from index.types import Span

SHINGLE = 5  # words
WINDOW = 16  # fingerprints are so chosen that any run of SHINGLE + WINDOW - 1 common words shares one
# Of the shorter article's shingles. Of 844 real articles of two outlets the 22 pairs above it are copies of one text,
# updated or cut; from 0.45 down most share a quoted statement or a list.
SAME_STORY = 0.5
RUN = SHINGLE + WINDOW - 1  # words in common below which nothing is cut off from what stands around it
KEPT = 0.75  # an edited sentence keeps this much of the words that carry meaning

_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"'’”)\]]*(?=\s)|$)", re.DOTALL)
_WORD = re.compile(r"\d+(?:[.:]\d+)+|\w+(?:['’](?!s\b)\w+)*")
_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .,'’/-]+(?:[A-Z][a-z]{2,8}\.? \d{1,2} ?)?(?:\([^)]{1,40}\) ?)?[-–—]+ ")

# Words that a desk puts in, takes out or swaps without changing what is said.
_LIGHT = frozenset(
    """
    a an the this that these those of on in at to for by from with as and but or so then also too however meanwhile
    while is are was were be been being has have had do does did it its he she they him her his hers them their who
    whom whose which what i we you our us said says say saying told tells added adds according reporters statement mr
    mrs ms dr per cent percent s
    """.split()  # noqa: SIM905  (a list of words reads best as one)
)
# Words that change how a sentence is meant though they name nothing: both sides must have the same.
_TURNING = frozenset(
    """
    not no never none nor neither without cannot may might could would should can will must if unless only least most
    more less fewer than about around nearly almost over under up down before after until since all some many few
    alleged allegedly reportedly likely unlikely possible possibly perhaps probably apparent apparently denied denies
    deny expected planned proposed potential suspected supposed presumed purported attempted failed refused former fake
    false first last claimed claims
    """.split()  # noqa: SIM905  (as above)
)
_ENDINGS = ("'s", "s", "es", "ed", "d", "ing", "ly")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as it is compared: where it stands, and its words.

    ``content`` are the words that carry meaning, in order, ``turns`` those that change how it is meant.
    """

    span: Span
    words: tuple[str, ...]
    content: tuple[str, ...]
    turns: tuple[str, ...]


def lines_of(text: str) -> list[Line]:
    """The sentences of a text, split wherever one may end: alike in two texts that hold the same words."""
    return [
        _line(Span(block.start + match.start(), block.start + match.end()), words)
        for block in blocks(text)
        for match in _SENTENCE.finditer(block.of(text))
        if (words := words_of(match.group()))
    ]


def _line(span: Span, words: tuple[str, ...]) -> Line:
    turns = (word for word in words if word in _TURNING or word.endswith("n't"))
    return Line(span, words, tuple(word for word in words if word not in _LIGHT), tuple(sorted(turns)))


def words_of(text: str) -> tuple[str, ...]:
    """Words and numbers in order; case, accents' encoding, quotation marks, spacing and a dateline do not count."""
    plain = unicodedata.normalize("NFKC", _DATELINE.sub("", text)).replace("’", "'")
    return tuple(_WORD.findall(THOUSANDS.sub("", plain).casefold()))


def shingles(words: Sequence[str]) -> frozenset[int]:
    """32-bit hashes of every run of five words; a shorter text is one shingle, an empty one none."""
    return frozenset(_hashes(words))


def prints(words: Sequence[str]) -> frozenset[int]:
    """The shingles chosen by winnowing: the least of every sixteen in a row, and all of a shorter text."""
    hashes = list(_hashes(words))
    if len(hashes) <= WINDOW:
        return frozenset(hashes)
    return frozenset(min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1))


def containment(one: Collection[int], other: Collection[int]) -> float:
    """Share of the smaller set that is in the other, 0 to 1; 0 where either is empty."""
    smaller = min(len(one), len(other))
    return len(frozenset(one) & frozenset(other)) / smaller if smaller else 0.0


class Wording:
    """One article's words, ready to be compared with many passages."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self._exact = frozenset(line.words for line in self.lines)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """Of all its words."""
        return shingles(self._words)

    @cached_property
    def prints(self) -> frozenset[int]:
        """What it is found by."""
        return prints(self._words)

    @property
    def _words(self) -> list[str]:
        return [word for line in self.lines for word in line.words]

    def holds(self, lines: Iterable[Line]) -> bool:
        """Whether every sentence of a passage stands here."""
        return all(self.has(line) for line in lines)

    def has(self, line: Line) -> bool:
        """Whether the sentence stands here, word for word or edited so that it says the same.

        Edited means: no figure, name or other word of content that this text does not have at that place, in the same
        order, with the same negations and hedges. So a toll that rose from 12 to 14 is another voice.
        """
        return line.words in self._exact or any(_says(other, line) for other in self.lines)


def parts(text: str, earlier: Iterable[Wording]) -> tuple[tuple[int, bool], ...]:
    """The parts of a text that earlier ones hold and those that it adds: where each starts, and whether it is added.

    Only whole paragraphs are told apart: a sentence that was changed leans on those around it. And only runs of them
    that would be found by a fingerprint: two reports that share a line are two reports. A text in one piece has none.
    """
    paragraphs = [(block.start, lines) for block in blocks(text) if (lines := lines_of(block.of(text)))]
    sizes = [sum(len(line.words) for line in lines) for _, lines in paragraphs]
    holders = [-1] * len(paragraphs)
    for number, wording in enumerate(earlier):
        if -1 not in holders:
            break
        pairs = zip(holders, paragraphs, strict=True)
        stands = [holder >= 0 or wording.holds(lines) for holder, (_, lines) in pairs]
        for at in _in_runs(stands, sizes):
            holders[at] = number if holders[at] < 0 else holders[at]
    runs = groupby(zip(paragraphs, holders, strict=True), key=lambda pair: pair[1])
    found = tuple((next(run)[0][0], holder < 0) for holder, run in runs)
    return found if len(found) > 1 else ()


def _in_runs(stands: Sequence[bool], sizes: Sequence[int]) -> Iterator[int]:
    """Places of what stands in other texts, in runs of enough words."""
    for held, run in groupby(range(len(stands)), key=stands.__getitem__):
        places = list(run)
        if held and sum(sizes[at] for at in places) >= RUN:
            yield from places


def _says(source: Line, line: Line) -> bool:
    told, found = line.content, source.content
    if not KEPT * len(found) <= len(told) <= len(found) or not told or line.turns != source.turns:
        return False
    rest = iter(found)
    return all(any(_alike(word, other) for other in rest) for word in told)


def _alike(one: str, other: str) -> bool:
    """The same word, its endings aside; figures only where they are equal."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and long.startswith(short) and long[len(short) :] in _ENDINGS and not long[0].isdigit()


def _hashes(words: Sequence[str]) -> Iterator[int]:
    for at in range(max(1, len(words) - SHINGLE + 1)):
        if words:
            run = " ".join(words[at : at + SHINGLE]).encode("utf-8", "replace")
            yield int.from_bytes(blake2b(run, digest_size=4).digest())
