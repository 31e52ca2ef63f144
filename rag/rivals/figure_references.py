"""Resolves figures that refer back to an earlier one ("Each day costs 14 million. The chamber puts it at 23 million.").

A sentence with such a figure does not say what it counts; the sentence of the earlier figure does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.facts.figures import Fact, facts_of
from rag.instructions import reports_of
from rag.language.bounds import Bound
from rag.language.corrections import retracted_span
from rag.language.quantities import Kind
from rag.language.words import words_of
from rag.passages import PassageSentence
from rag.types import Passage

BACK = 3
"""How many sentences back a figure may refer."""

_FIGURE = r"(?:figure|number|count|tally|total|toll|estimate|cost|price|bill|sum|crowd|turnout|damage)"
_REFERS_BACK = re.compile(
    rf"\b(?:put|puts|gave|gives|set|sets)\s+(?:it|them|(?P<named>(?:the|its|their|that|this)\s+(?:\w+\s+)?{_FIGURE}))\s+(?:at|as)\b"
    rf"|\bestimate[sd]?\s+(?:it|them|(?:the|that|this)\s+{_FIGURE})\s+(?:at|as)\b"
    r"|\b(?:spoke|speaks?|spoken)\s+of\b"
    rf"|\b{_FIGURE}\s+(?:is|was|stands\s+at|stood\s+at|came\s+to)\b"
    r"|\barrived\s+at\b",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"\b(?:had|was|used\s+to|earlier|previously|at\s+first|first|initially)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_CLOSE = 4  # maximum words between "put the number at" and the figure: "at least", "about", "between"
_MAX_RATIO = 5.0  # counts that differ by more than this factor are not counts of the same thing


@dataclass(frozen=True, slots=True)
class ResolvedFigure:
    """A figure, the sentence that gives it, and ``root``, the sentence that says what it counts."""

    sentence: PassageSentence
    fact: Fact
    root: PassageSentence

    @property
    def points(self) -> bool:
        """Whether the figure refers back: an earlier sentence says what it counts."""
        return self.root is not self.sentence

    @property
    def text(self) -> str:
        """The text that says what the figure counts: its sentence, preceded by the root if that is another one."""
        return f"{self.root.text} {self.sentence.text}" if self.points else self.sentence.text


@lru_cache(maxsize=64)
def resolved_figures(passage: Passage) -> tuple[ResolvedFigure, ...]:
    """Every figure of a passage for which the passage says what it counts."""
    found: list[ResolvedFigure] = []
    sentences = reports_of(passage)
    for n, sentence in enumerate(sentences):
        referring = _referring(sentence.text)
        near = {id(one) for one in sentences[max(0, n - BACK) : n]}
        if referring and (earlier := _referent(referring, [t for t in found if id(t.sentence) in near])):
            found.append(ResolvedFigure(sentence, _with_referent(referring, earlier.fact), earlier.root))
        else:
            found += [ResolvedFigure(sentence, fact, sentence) for fact in facts_of(sentence.text) if fact.counts]
    return tuple(found)


def alike(a: Fact, b: Fact) -> bool:
    """Whether two figures are close enough to be counts of the same thing."""
    low, high = sorted((a, b), key=lambda fact: fact.amount.value)
    is_vague = low.amount.spelled and low.amount.bound is Bound.AT_LEAST  # "thousands"
    return is_vague or high.amount.value <= _MAX_RATIO * low.amount.value


def _referring(text: str) -> Fact | None:
    """The figure of a sentence that refers back ("put the number at 40"); not one it calls former or corrects."""
    match = _REFERS_BACK.search(text)
    if not match or retracted_span(text) or _EARLIER.search(text[: match.start()]):
        return None
    start = sum(word.start < match.end() for word in words_of(text))
    given = (fact for fact in facts_of(text) if start <= fact.amount.first <= start + _CLOSE)
    first = next(given, None)
    is_named = match["named"] is not None  # "puts the damage at 11 million" counts the damage told before
    return first if first and (is_named or not first.counts) else None


def _referent(referring: Fact, earlier: Sequence[ResolvedFigure]) -> ResolvedFigure | None:
    """The last earlier figure that can be a count of the same thing."""
    return next((one for one in reversed(earlier) if _fits(referring, one.fact) and alike(referring, one.fact)), None)


def _fits(referring: Fact, fact: Fact) -> bool:
    """Whether both figures are of one kind; "23 million" without a unit may be an amount of money."""
    elided = fact.amount.kind is Kind.MONEY and referring.amount.kind is Kind.COUNT and not referring.amount.units
    if referring.counts and not referring.counts & fact.counts:
        return False
    return not fact.is_change and (elided or fact.amount.kind is referring.amount.kind)


def _with_referent(referring: Fact, fact: Fact) -> Fact:
    amount = replace(referring.amount, kind=fact.amount.kind)
    return replace(
        fact, amount=amount, upto=referring.upto, near=fact.near | referring.near, per=referring.per or fact.per
    )
