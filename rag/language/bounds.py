"""How a text limits an amount.

Covers a phrase right before the amount ("at least 17", "up to 17", "about 17", "more than 17"), a phrase right after it
("17 or more", "17+") and the two ends of a range with "to" ("10 to 15": at least 10, at most 15).

Leaves out: limits that are not next to the amount ("17 is the minimum"), "from 10", and ranges with "and" or a dash.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from rag.language.words import Word


class Bound(StrEnum):
    """The limit on an amount; the value is the wording used in findings."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    MORE = "more than"
    AT_MOST = "at most"
    LESS = "less than"


# Limiting phrases in use in English news, separated by "|"; each is matched right before the amount.
_PHRASES = {
    Bound.AT_LEAST: "at least|no fewer than|no less than|not less than|a minimum of",
    Bound.AT_MOST: "no more than|not more than|at most|up to|as many as|as much as|a maximum of",
    Bound.MORE: "more than|greater than|higher than|upwards of|upward of|in excess of|exceeding|exceeded|surpassed|"
    "topped|over|above",
    Bound.LESS: "less than|fewer than|lower than|under|below",
    Bound.ABOUT: "nearly|almost|about|around|roughly|approximately|some|close to|an estimated|estimated|circa",
}
# Longest phrases first, so that "no more than" is not read as "more than".
_BEFORE = tuple(
    sorted(
        ((tuple(phrase.split()), bound) for bound, text in _PHRASES.items() for phrase in text.split("|")),
        key=lambda pair: -len(pair[0]),
    )
)
# Phrases that limit the amount from behind: "17 or more".
_AFTER: dict[tuple[str, ...], Bound] = {
    ("or", "more"): Bound.AT_LEAST,
    ("or", "less"): Bound.AT_MOST,
    ("or", "fewer"): Bound.AT_MOST,
}


def first_with(words: Sequence[Word], first: int, leading: frozenset[str]) -> int:
    """Return the index of the first of the words up to ``words[first]`` that are all ``leading`` ones before it.

    With "about" and "at", "least" as leading words, that is "about" of "by about 40" and "at" of "killed at least 3".
    """
    while first and words[first - 1].key in leading:
        first -= 1
    return first


def bound_of(words: Sequence[Word], first: int, last: int) -> Bound:
    """Return the limit on the amount from ``words[first]`` to ``words[last]``. The ends of a range are limits too."""
    before = tuple(w.key for w in words[max(0, first - 3) : first])
    for phrase, bound in _BEFORE:
        if before[-len(phrase) :] == phrase:
            return bound
    after = tuple(w.key for w in words[last + 1 : last + 3])
    if after in _AFTER:
        return _AFTER[after]
    if after[:1] == ("+",) or (after[:1] == ("to",) and last + 2 < len(words) and words[last + 2].number):
        return Bound.AT_LEAST
    if before[-1:] == ("to",) and first >= 2 and words[first - 2].number:
        return Bound.AT_MOST
    return Bound.EXACT
