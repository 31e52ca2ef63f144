"""Align a claim with its evidence word by word and list the places where they differ.

Most sentences that a language model writes are near copies of their source. For those, the strongest check needs no
understanding of the text: the surrounding words are equal and the value between them is not.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from rag.language.words import Word, words_of

# Longer differences, in words, are rewordings rather than replaced values and are not reported.
_LONGEST_SLOT = 8
# Share of the claim's words that one evidence sentence must contain to be compared alone.
_MOSTLY = 0.7


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where claim and evidence differ.

    ``before`` and ``after`` count the equal words directly around it. An empty ``claim`` means that words were left
    out, an empty ``evidence`` that words were inserted. ``before`` (``after``) is 0 at the beginning (end) of both
    texts.
    """

    claim: tuple[Word, ...]
    evidence: tuple[Word, ...]
    before: int
    after: int

    @property
    def context(self) -> int:
        """Number of equal words on both sides together."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Alignment:
    """The differences between a claim and its evidence.

    ``slots`` are in the claim's order. ``coverage`` is the share of the claim's words found in the evidence in the same
    order, 0 to 1.
    """

    slots: tuple[Slot, ...]
    coverage: float


@lru_cache(maxsize=256)
def align(claim: str, evidence: str) -> Alignment:
    """Compare two texts by their longest common blocks of words (``difflib.SequenceMatcher``).

    Where one sentence of the evidence contains most of the claim, only that sentence is compared. Otherwise a
    difference at the end of the claim would look like the beginning of the next sentence.
    """
    ours, theirs = words_of(claim), words_of(evidence)
    if not ours or not theirs:
        return Alignment((), 0.0)
    if theirs[-1].sentence:
        one = _beside(ours, _nearest_sentence(ours, theirs))
        if one.coverage >= _MOSTLY:
            return one
    return _beside(ours, theirs)


def _nearest_sentence(ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> tuple[Word, ...]:
    keys = {w.key for w in ours}
    shared = Counter(sentence for sentence, _ in {(w.sentence, w.key) for w in theirs if w.key in keys})
    best = min(shared, key=lambda n: (-shared[n], n), default=0)
    return tuple(w for w in theirs if w.sentence == best)


def _beside(ours: tuple[Word, ...], theirs: tuple[Word, ...]) -> Alignment:
    matcher = SequenceMatcher(None, [w.key for w in ours], [w.key for w in theirs], autojunk=False)
    codes = matcher.get_opcodes()
    slots = []
    for n, (tag, a1, a2, b1, b2) in enumerate(codes):
        if tag == "equal" or a2 - a1 > _LONGEST_SLOT or b2 - b1 > _LONGEST_SLOT:
            continue
        before = codes[n - 1][2] - codes[n - 1][1] if n else 0
        after = codes[n + 1][2] - codes[n + 1][1] if n + 1 < len(codes) else 0
        slots.append(Slot(ours[a1:a2], theirs[b1:b2], before, after))
    equal = sum(a2 - a1 for tag, a1, a2, _, _ in codes if tag == "equal")
    return Alignment(tuple(slots), equal / len(ours))
