"""Detects shared text: how much of one text occurs in another, and whether a whole passage does.

A reprint is recognised by its wording, not by its meaning, because two reporters writing about the same event are
independent sources. Therefore no embeddings are used. Candidates are found by fingerprints selected by winnowing
(Schleimer, Wilkerson and Aiken, SIGMOD 2003). The overlap of two articles is the containment of their word shingles
(Broder, "On the resemblance and containment of documents", 1997). Both detect an abridgement in a long article, unlike
the resemblance that MinHash libraries estimate.
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
WINDOW = 16  # winnowing window: two texts with SHINGLE + WINDOW - 1 common words in a row share a fingerprint
# Minimum containment of the shorter article's shingles. Among 844 real articles of two outlets, all 22 pairs above it
# are updated or shortened copies of one text; below 0.45, most pairs share only a quoted statement or a list.
SAME_STORY = 0.5
RUN = SHINGLE + WINDOW - 1  # minimum number of common words in a row for a section to count as copied
KEPT = 0.75  # minimum share of content words that an edited sentence keeps

_SENTENCE = re.compile(r"\S.*?(?:[.!?…][\"'’”)\]]*(?=\s)|$)", re.DOTALL)
_WORD = re.compile(r"\d+(?:[.:]\d+)+|\w+(?:['’](?!s\b)\w+)*")
_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .,'’/-]+(?:[A-Z][a-z]{2,8}\.? \d{1,2} ?)?(?:\([^)]{1,40}\) ?)?[-–—]+ ")

# Words that editors insert, delete or replace without changing the meaning.
_FILLER = frozenset(
    """
    a an the this that these those of on in at to for by from with as and but or so then also too however meanwhile
    while is are was were be been being has have had do does did it its he she they him her his hers them their who
    whom whose which what i we you our us said says say saying told tells added adds according reporters statement mr
    mrs ms dr per cent percent s
    """.split()  # noqa: SIM905  (a list of words reads best as one)
)
# Words that change the meaning of a sentence although they carry no content (negations, hedges, quantifiers): two
# sentences must have the same ones to match.
_MODIFIERS = frozenset(
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
    """A sentence prepared for comparison: its span and its normalised words.

    ``content`` are the words that carry content, in order; ``turns`` are its negations, hedges and quantifiers, sorted.
    """

    span: Span
    words: tuple[str, ...]
    content: tuple[str, ...]
    turns: tuple[str, ...]


def lines_of(text: str) -> list[Line]:
    """Split a text at every possible sentence end, so that two texts with the same words are split in the same way."""
    return [line for block in blocks(text) for line in _lines_in(text, block)]


def _lines_in(text: str, block: Span) -> list[Line]:
    return [
        _line(Span(block.start + match.start(), block.start + match.end()), words)
        for match in _SENTENCE.finditer(block.of(text))
        if (words := words_of(match.group()))
    ]


def _line(span: Span, words: tuple[str, ...]) -> Line:
    turns = (word for word in words if word in _MODIFIERS or word.endswith("n't"))
    return Line(span, words, tuple(word for word in words if word not in _FILLER), tuple(sorted(turns)))


def words_of(text: str) -> tuple[str, ...]:
    """Return the words and numbers in order, normalised for case, Unicode form, quotation marks and spacing.

    A leading dateline ("LONDON, May 4 (Agency) —") is removed.
    """
    plain = unicodedata.normalize("NFKC", _DATELINE.sub("", text)).replace("’", "'")
    return tuple(_WORD.findall(THOUSANDS.sub("", plain).casefold()))


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Return 32-bit hashes of all runs of five words; a shorter text has one shingle, an empty one none."""
    return frozenset(_hashes(words))


def prints(words: Sequence[str]) -> frozenset[int]:
    """Return the shingles selected by winnowing: the minimum of every 16 in a row, or all of a shorter text."""
    hashes = list(_hashes(words))
    if len(hashes) <= WINDOW:
        return frozenset(hashes)
    return frozenset(min(hashes[at : at + WINDOW]) for at in range(len(hashes) - WINDOW + 1))


def containment(one: Collection[int], other: Collection[int]) -> float:
    """Return the share of the smaller set that is in the other, 0 to 1; 0 if either is empty."""
    smaller = min(len(one), len(other))
    return len(frozenset(one) & frozenset(other)) / smaller if smaller else 0.0


class Wording:
    """The text of an article, prepared for comparison with many passages."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self._exact = frozenset(line.words for line in self.lines)
        self._by_turns: dict[tuple[str, ...], list[Line]] = {}
        for line in self.lines:
            self._by_turns.setdefault(line.turns, []).append(line)

    @cached_property
    def shingles(self) -> frozenset[int]:
        """The shingles of the whole text."""
        return shingles(self._words)

    @cached_property
    def prints(self) -> frozenset[int]:
        """The fingerprints by which the text is found."""
        return prints(self._words)

    @property
    def _words(self) -> list[str]:
        return [word for line in self.lines for word in line.words]

    def holds(self, lines: Iterable[Line]) -> bool:
        """Return whether the text contains every sentence of a passage."""
        return all(self.has(line) for line in lines)

    def has(self, line: Line) -> bool:
        """Return whether the text contains the sentence, verbatim or with edits that do not change its meaning.

        An edited sentence may drop some content words but must not add any, must keep their order, and must have the
        same negations and hedges. So a sentence whose toll rose from 12 to 14 does not match.
        """
        alike = self._by_turns.get(line.turns, ())
        return line.words in self._exact or any(_is_edit_of(other.content, line.content) for other in alike)


def parts(text: str, earlier: Iterable[Wording]) -> tuple[tuple[int, bool], ...]:
    """Divide a text into the sections that earlier texts contain and the sections that it adds.

    Only whole paragraphs count as copied, because a changed sentence depends on those around it. A run of copied
    paragraphs must be long enough to share a fingerprint: two reports with one line in common are separate reports.

    Returns:
        The start offset of each section, and whether it is added; empty if the whole text is one section.
    """
    # Not `lines_of` of each paragraph: alone, it does not show that the text is hard-wrapped.
    paragraphs = [(block.start, lines) for block in blocks(text) if (lines := _lines_in(text, block))]
    sizes = [sum(len(line.words) for line in lines) for _, lines in paragraphs]
    holders = [-1] * len(paragraphs)
    for number, wording in enumerate(earlier):
        if -1 not in holders:
            break
        pairs = zip(holders, paragraphs, strict=True)
        copied = [holder >= 0 or wording.holds(lines) for holder, (_, lines) in pairs]
        for at in _in_runs(copied, sizes):
            holders[at] = number if holders[at] < 0 else holders[at]
    runs = groupby(zip(paragraphs, holders, strict=True), key=lambda pair: pair[1])
    found = tuple((next(run)[0][0], holder < 0) for holder, run in runs)
    return found if len(found) > 1 else ()


def _in_runs(copied: Sequence[bool], sizes: Sequence[int]) -> Iterator[int]:
    """Yield the positions of copied paragraphs that are in runs of at least ``RUN`` words."""
    for held, run in groupby(range(len(copied)), key=copied.__getitem__):
        places = list(run)
        if held and sum(sizes[at] for at in places) >= RUN:
            yield from places


def _is_edit_of(source: Sequence[str], edited: Sequence[str]) -> bool:
    """Return whether the content words of an edited sentence are most of those of its source, in the same order."""
    if not edited or not KEPT * len(source) <= len(edited) <= len(source):
        return False
    rest = iter(source)
    return all(any(_is_same_word(word, other) for other in rest) for word in edited)


def _is_same_word(one: str, other: str) -> bool:
    """Return whether two words are equal up to an inflectional ending; numbers must be equal."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and long.startswith(short) and long[len(short) :] in _ENDINGS and not long[0].isdigit()


def _hashes(words: Sequence[str]) -> Iterator[int]:
    for at in range(max(1, len(words) - SHINGLE + 1)):
        if words:
            run = " ".join(words[at : at + SHINGLE]).encode("utf-8", "replace")
            yield int.from_bytes(blake2b(run, digest_size=4).digest())
