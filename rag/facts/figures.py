"""Extracts the figures of a text with what they count, and compares them for compatibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.language.bounds import Bound
from rag.language.corrections import retracted_span
from rag.language.counted import GROUP_WORDS, counted
from rag.language.partial import is_average, is_label, is_part, is_per_head
from rag.language.qualified import (
    as_current_figure,
    is_age,
    is_change,
    is_expected,
    is_former,
    is_left,
    is_time,
    period_of,
)
from rag.language.quantities import Kind, Quantity, quantities_of
from rag.language.words import Word, words_of
from rag.lexicon.light import LIGHT

_KINDS = {Kind.COUNT, Kind.MONEY, Kind.SHARE}
_ALWAYS_REMAINING = {"missing"}  # people counted as missing are by definition still missing
_SCALE_OMITTED = (
    500.0  # minimum ratio of a range's ends at which the first is taken to omit the scale ("90 to 110 million")
)
_TURNOUT = "turnout"
_MAX_RATIO = 100  # figures that differ by a larger factor are taken to count different things
_ABOUT_TOLERANCE = 0.1
_AT_LEAST_TOLERANCE = 0.05
_CONTEXT_WORDS = 6
_CONTEXT_WORDS_MONEY = 16


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount and what it counts.

    Attributes:
        amount: the quantity; for a range, its lower end.
        counts: names of what is counted.
        near: content lemmas around the amount.
        per: the period that the amount refers to ("a year"), if any.
        is_change: the amount is a rise or fall ("63 cents more"), not a level.
        is_left: the amount is what remains of a count ("9,400 homes were still without power").
        is_expected: the amount is a forecast ("could cost"), not a fact.
        is_part: the amount is a part of those counted, or comes on top of others ("another three died").
        is_average: the amount is an average.
        upto: the upper end of a range ("between 90 and 110 million").
    """

    amount: Quantity
    counts: frozenset[str]
    near: frozenset[str]
    per: str | None = None
    is_change: bool = False
    is_left: bool = False
    is_expected: bool = False
    is_part: bool = False
    is_average: bool = False
    upto: Quantity | None = None


@lru_cache(maxsize=2048)
def facts_of(text: str) -> tuple[Fact, ...]:
    """The counts, amounts of money and shares that the text gives.

    Ages, durations, rates per head, numbers in names ("Covid-19") and figures named as former or wrong ("up from
    11", "not 340,000") are left out. A corrected figure ("The correct number is 16") counts the same as the figure that
    it replaces.
    """
    words = words_of(text)
    given = [q for q in quantities_of(text) if q.kind in _KINDS and not _is_other(q, words, text)]
    facts = _marked_parts(_merge_ranges([_fact(q, words) for q in given], words), words)
    retraction = retracted_span(text)
    if retraction is None:
        return tuple(fact for fact in facts if not is_former(fact.amount, words))
    wrong = [fact for fact in facts if retraction.start <= words[fact.amount.first].start < retraction.end]
    right = [fact for fact in facts if not retraction.start <= words[fact.amount.first].start < retraction.end]
    return tuple(_corrected(fact, wrong) for fact in right if not is_former(fact.amount, words))


def _is_other(quantity: Quantity, words: Sequence[Word], text: str) -> bool:
    """Whether the amount counts nothing: an age, a length of time, a rate per head, or a number in a name."""
    return (
        is_time(quantity) or is_age(quantity, words) or is_per_head(quantity, words) or is_label(quantity, words, text)
    )


@lru_cache(maxsize=2048)
def former_values(text: str) -> frozenset[float]:
    """The figures that a text names as former or wrong ("up from 11", "not 340,000")."""
    words = words_of(text)
    return frozenset(q.value for q in quantities_of(text) if q.kind in _KINDS and is_former(q, words))


def _merge_ranges(facts: Sequence[Fact], words: Sequence[Word]) -> list[Fact]:
    """Merges the ends of a range ("between 90 and 110 million") into one figure with the context of the second end."""
    found: list[Fact] = []
    for fact in facts:
        low = found[-1].amount if found else None
        if low and low.kind in {fact.amount.kind, Kind.COUNT} and _is_between(low, fact.amount, words):
            found[-1] = replace(fact, amount=_scaled(low, fact.amount), upto=fact.amount)
        else:
            found.append(fact)
    return found


def _marked_parts(facts: Sequence[Fact], words: Sequence[Word]) -> list[Fact]:
    """Marks figures that only together count something as parts: "killing 19 students and two teachers"."""
    found = list(facts)
    for n in range(1, len(found)):
        one, other = found[n - 1], found[n]
        between = words[one.amount.last + 1 : other.amount.first]
        if one.counts == other.counts and one.counts and between and between[-1].key == "and":
            found[n - 1 : n + 1] = [replace(each, is_part=True) for each in (one, other)]
    return found


def _is_between(low: Quantity, high: Quantity, words: Sequence[Word]) -> bool:
    opens = low.first > 0 and words[low.first - 1].key == "between"
    return opens and high.first == low.last + 2 and words[low.last + 1].key == "and" and low.value < high.value


def _scaled(low: Quantity, high: Quantity) -> Quantity:
    """The lower end of a range with an omitted scale restored: 90 million in "between 90 and 110 million"."""
    scale = next((s for s in (1e9, 1e6, 1e3) if high.value >= s and low.value < s and "," not in high.text), 1.0)
    is_omitted = high.value >= _SCALE_OMITTED * low.value
    return replace(low, kind=high.kind, value=low.value * scale if is_omitted else low.value)


def _fact(quantity: Quantity, words: Sequence[Word]) -> Fact:
    return Fact(
        as_current_figure(quantity, words),
        counted(quantity, words),
        _near(words, quantity),
        period_of(words, quantity),
        is_change(quantity, words),
        is_left(quantity, words),
        is_expected(quantity, words),
        is_part(quantity, words),
        is_average(quantity, words),
    )


def _corrected(fact: Fact, wrong: Sequence[Fact]) -> Fact:
    """The fact, with what the retracted figure counts if it does not say so itself."""
    was = next((other for other in wrong if other.amount.kind == fact.amount.kind), None)
    if fact.counts or was is None:
        return fact
    return replace(fact, counts=was.counts, near=fact.near | was.near)


def _near(words: Sequence[Word], quantity: Quantity) -> frozenset[str]:
    reach = _CONTEXT_WORDS_MONEY if quantity.kind is Kind.MONEY else _CONTEXT_WORDS
    near = words[max(0, quantity.first - reach) : quantity.last + reach + 1]
    same = [w for w in near if w.sentence == words[quantity.first].sentence]
    return frozenset(w.lemma for w in same if w.key not in LIGHT and not w.number)


def same_fact(a: Fact, b: Fact, common: frozenset[str]) -> bool:
    """Whether two amounts measure the same thing; ``common`` are the content lemmas shared by their texts."""
    if a.amount.kind != b.amount.kind or a.per != b.per or a.is_change != b.is_change or not a.counts & b.counts:
        return False
    if (a.is_expected, a.is_average) != (b.is_expected, b.is_average) or a.is_part or b.is_part:
        return False
    if a.is_left != b.is_left and a.counts & b.counts != _ALWAYS_REMAINING:
        return False
    low, high = sorted((a.amount.value, b.amount.value))
    if high > _MAX_RATIO * low:
        return False
    is_turnout = a.amount.kind is Kind.SHARE and _TURNOUT in a.near & b.near  # as a share, of voters
    around = common - a.counts - (GROUP_WORDS - {_TURNOUT} if is_turnout else GROUP_WORDS)
    if a.amount.kind is Kind.COUNT:
        return len(around) >= 2
    # Money and shares measure many things: the words around them must agree in more than the currency.
    return bool(a.near & b.near & (around - set(_end(a).units[:1]) - set(_end(b).units[:1])))


def agree(one: Fact, other: Fact) -> bool:
    """Whether both can be true: equal, approximately equal if one says "about", or within the other's range."""
    if one.upto or other.upto:
        low, high = max(one.amount.value, other.amount.value), min(_end(one).value, _end(other).value)
        return low <= high
    a, b = one.amount, other.amount
    if abs(a.value - b.value) <= 1e-9 * max(1.0, a.value):
        return True
    if Bound.ABOUT in {a.bound, b.bound} and abs(a.value - b.value) <= _ABOUT_TOLERANCE * max(a.value, b.value):
        return True
    return _satisfies(a, b) or _satisfies(b, a)


def _end(fact: Fact) -> Quantity:
    return fact.upto or fact.amount


def _satisfies(limit: Quantity, value: Quantity) -> bool:
    """Whether ``value`` satisfies ``limit``, as 9 satisfies "up to ten" and 40 satisfies "dozens".

    For counts, "at least nine" and "14" still differ to a reader. For money and shares every limit is taken
    literally: a price of 4.32 is "more than 4".
    """
    if limit.kind is not Kind.COUNT and limit.bound in {Bound.MORE, Bound.AT_LEAST} and value.value >= limit.value:
        return True
    if limit.bound in {Bound.AT_MOST, Bound.LESS}:
        return value.bound is Bound.EXACT and value.value <= limit.value
    if limit.bound in {Bound.MORE, Bound.AT_LEAST} and _is_vague(value):
        return value.value >= limit.value
    vague = _is_vague(limit)
    close = limit.bound is Bound.MORE and value.value <= limit.value * (1 + 2 * _ABOUT_TOLERANCE)
    close = close or (limit.bound is Bound.AT_LEAST and value.value <= limit.value * (1 + _AT_LEAST_TOLERANCE))
    return (vague or close) and value.value >= limit.value


def _is_vague(quantity: Quantity) -> bool:
    """Whether the quantity is a vague word such as "dozens" or "hundreds"."""
    return quantity.spelled and quantity.bound is Bound.AT_LEAST and quantity.text.lower().endswith("s")


def phrase(fact: Fact) -> str:
    """The amount as printed, preceded by its bound in standard words ("at least nine", "between 70 and 90")."""
    amount = fact.amount
    if _is_vague(amount):
        return amount.text
    if fact.upto:
        return f"between {amount.text} and {fact.upto.text}"
    return amount.text if amount.bound is Bound.EXACT else f"{amount.bound} {amount.text}"
