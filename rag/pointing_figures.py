"""Figures given of what stands before ("Each day costs 14 million. The chamber puts the figure at 23 million.").

Such a sentence does not say what it counts; the figure it points back to does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.figures import Fact, facts_of
from rag.instructions import reports_of
from rag.language.bounds import Bound
from rag.language.corrections import retracted
from rag.language.quantities import Kind
from rag.language.words import words_of
from rag.passages import PassageSentence
from rag.types import Passage

BACK = 3
"""Sentences between a figure and the one it points to, at most."""

_FIGURE = r"(?:figure|number|count|tally|total|toll|estimate|cost|price|bill|sum|crowd|turnout|damage)"
_GIVES = re.compile(
    rf"\b(?:put|puts|gave|gives|set|sets)\s+(?:it|them|(?:the|its|their|that|this)\s+(?:\w+\s+)?{_FIGURE})\s+(?:at|as)\b"
    rf"|\bestimate[sd]?\s+(?:it|them|(?:the|that|this)\s+{_FIGURE})\s+(?:at|as)\b"
    r"|\b(?:spoke|speaks?|spoken)\s+of\b"
    rf"|\b{_FIGURE}\s+(?:is|was|stands\s+at|stood\s+at|came\s+to)\b"
    r"|\barrived\s+at\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:had|was|used\s+to|earlier|previously|at\s+first|first|initially)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_CLOSE = 4  # words between "put the number at" and the figure: "at least", "about", "between"
_ALIKE = 5.0  # two counts of one thing differ by at most this factor


@dataclass(frozen=True, slots=True)
class Told:
    """A figure and the sentence that gives it; ``root`` is the sentence that says what it counts."""

    sentence: PassageSentence
    fact: Fact
    root: PassageSentence

    @property
    def points(self) -> bool:
        """Whether it takes what it counts from a sentence before its own."""
        return self.root is not self.sentence

    @property
    def text(self) -> str:
        """All that says what the figure is of."""
        return f"{self.root.text} {self.sentence.text}" if self.points else self.sentence.text


@lru_cache(maxsize=64)
def figures_told(passage: Passage) -> tuple[Told, ...]:
    """Every figure of a passage of which it shows what it counts."""
    found: list[Told] = []
    sentences = reports_of(passage)
    for n, sentence in enumerate(sentences):
        pointing = _pointing(sentence.text)
        near = {id(one) for one in sentences[max(0, n - BACK) : n]}
        if pointing and (before := _pointed_at(pointing, [t for t in found if id(t.sentence) in near])):
            found.append(Told(sentence, _of_the_same(pointing, before.fact), before.root))
        else:
            found += [Told(sentence, fact, sentence) for fact in facts_of(sentence.text) if fact.counts]
    return tuple(found)


def alike(a: Fact, b: Fact) -> bool:
    """Whether two figures are near enough to each other to be counts of one thing."""
    low, high = sorted((a, b), key=lambda fact: fact.amount.value)
    is_vague = low.amount.spelled and low.amount.bound is Bound.AT_LEAST  # "thousands"
    return is_vague or high.amount.value <= _ALIKE * low.amount.value


def _pointing(text: str) -> Fact | None:
    """The figure that a sentence gives of what stands before; none that it names as a former one, or corrects."""
    match = _GIVES.search(text)
    if not match or retracted(text) or _EARLIER.search(text[: match.start()]):
        return None
    start = sum(word.start < match.end() for word in words_of(text))
    given = (fact for fact in facts_of(text) if start <= fact.amount.first <= start + _CLOSE)
    first = next(given, None)
    return first if first and not first.counts else None


def _pointed_at(pointing: Fact, before: Sequence[Told]) -> Told | None:
    """The last figure before that it can be another count of."""
    return next((told for told in reversed(before) if _fits(pointing, told.fact) and alike(pointing, told.fact)), None)


def _fits(pointing: Fact, fact: Fact) -> bool:
    """Of one kind; "23 million" may leave out that it is money."""
    elided = fact.amount.kind is Kind.MONEY and pointing.amount.kind is Kind.COUNT and not pointing.amount.units
    return not fact.is_change and (elided or fact.amount.kind is pointing.amount.kind)


def _of_the_same(pointing: Fact, fact: Fact) -> Fact:
    amount = replace(pointing.amount, kind=fact.amount.kind)
    return replace(
        fact, amount=amount, upto=pointing.upto, near=fact.near | pointing.near, per=pointing.per or fact.per
    )
