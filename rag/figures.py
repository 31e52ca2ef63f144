"""The figures a text gives, each with what it counts, and whether two of them can both be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.language.bounds import Bound
from rag.language.corrections import retracted
from rag.language.counted import GROUP_WORDS, counted
from rag.language.qualified import (
    as_it_stands,
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
_LEFT_ANYHOW = {"missing"}  # who is missing is still missing
_SCALE_LEFT_OUT = 500.0  # no range is as wide as that: its first end leaves out the "million" of its second
_NO_SAME = 100  # figures that differ by more than this factor are of different things
_ROUGHLY = 0.1
_NEARLY = 0.05
_NEAR = 6
_NEAR_MONEY = 16


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount with the names of what it counts, the content lemmas around it, and the period it is per.

    ``is_change`` tells a rise or fall ("63 cents more") from a level, ``is_left`` what is left of a count ("9,400 homes
    were still without power") from the count, ``is_expected`` what may come ("could cost") from what is. ``upto`` is
    the other end of a range ("between 90 and 110 million").
    """

    amount: Quantity
    counts: frozenset[str]
    near: frozenset[str]
    per: str | None = None
    is_change: bool = False
    is_left: bool = False
    is_expected: bool = False
    upto: Quantity | None = None


@lru_cache(maxsize=2048)
def facts_of(text: str) -> tuple[Fact, ...]:
    """The figures that the text itself gives of things counted, paid or shared.

    No ages and no lengths of time, and not those it names as former or wrong ("up from 11", "not 340,000"). What a
    correction says is right ("The correct number is 16") counts what it takes back counted.
    """
    words = words_of(text)
    given = [q for q in quantities_of(text) if q.kind in _KINDS and not is_time(q) and not is_age(q, words)]
    told = _ranged([_fact(q, words) for q in given], words)
    gone = retracted(text)
    if gone is None:
        return tuple(fact for fact in told if not is_former(fact.amount, words))
    wrong = [fact for fact in told if gone.start <= words[fact.amount.first].start < gone.end]
    right = [fact for fact in told if not gone.start <= words[fact.amount.first].start < gone.end]
    return tuple(_corrected(fact, wrong) for fact in right if not is_former(fact.amount, words))


@lru_cache(maxsize=2048)
def former_values(text: str) -> frozenset[float]:
    """The figures that a text names as former or wrong ("up from 11", "not 340,000")."""
    words = words_of(text)
    return frozenset(q.value for q in quantities_of(text) if q.kind in _KINDS and is_former(q, words))


def _ranged(facts: Sequence[Fact], words: Sequence[Word]) -> list[Fact]:
    """The two ends of "between 90 million and 110 million" as one figure, which counts what the second says."""
    found: list[Fact] = []
    for fact in facts:
        low = found[-1].amount if found else None
        if low and low.kind in {fact.amount.kind, Kind.COUNT} and _is_between(low, fact.amount, words):
            found[-1] = replace(fact, amount=_like(low, fact.amount), upto=fact.amount)
        else:
            found.append(fact)
    return found


def _is_between(low: Quantity, high: Quantity, words: Sequence[Word]) -> bool:
    opens = low.first > 0 and words[low.first - 1].key == "between"
    return opens and high.first == low.last + 2 and words[low.last + 1].key == "and" and low.value < high.value


def _like(low: Quantity, high: Quantity) -> Quantity:
    """Of "between 90 and 110 million" the first with the scale of the second."""
    scale = next((s for s in (1e9, 1e6, 1e3) if high.value >= s and low.value < s and "," not in high.text), 1.0)
    left_out = high.value >= _SCALE_LEFT_OUT * low.value
    return replace(low, kind=high.kind, value=low.value * scale if left_out else low.value)


def _fact(quantity: Quantity, words: Sequence[Word]) -> Fact:
    return Fact(
        as_it_stands(quantity, words),
        counted(quantity, words),
        _near(words, quantity),
        period_of(words, quantity),
        is_change(quantity, words),
        is_left(quantity, words),
        is_expected(quantity, words),
    )


def _corrected(fact: Fact, wrong: Sequence[Fact]) -> Fact:
    """The fact with what the wrong figure counts, where it does not say so itself."""
    was = next((other for other in wrong if other.amount.kind == fact.amount.kind), None)
    if fact.counts or was is None:
        return fact
    return replace(fact, counts=was.counts, near=fact.near | was.near)


def _near(words: Sequence[Word], quantity: Quantity) -> frozenset[str]:
    reach = _NEAR_MONEY if quantity.kind is Kind.MONEY else _NEAR
    near = words[max(0, quantity.first - reach) : quantity.last + reach + 1]
    same = [w for w in near if w.sentence == words[quantity.first].sentence]
    return frozenset(w.lemma for w in same if w.key not in LIGHT and not w.number)


def same_fact(a: Fact, b: Fact, common: frozenset[str]) -> bool:
    """Whether the two amounts are of the same thing; ``common`` are content lemmas their texts share."""
    if a.amount.kind != b.amount.kind or a.per != b.per or a.is_change != b.is_change or not a.counts & b.counts:
        return False
    if a.is_expected != b.is_expected:
        return False
    if a.is_left != b.is_left and a.counts & b.counts != _LEFT_ANYHOW:
        return False
    low, high = sorted((a.amount.value, b.amount.value))
    if high > _NO_SAME * low:
        return False
    around = common - a.counts - GROUP_WORDS
    if a.amount.kind is Kind.COUNT:
        return len(around) >= 2
    # Money and shares are of many things: the words right around must tell the same, and not only the currency.
    return bool(a.near & b.near & (around - set(_end(a).units[:1]) - set(_end(b).units[:1])))


def agree(one: Fact, other: Fact) -> bool:
    """Whether both can be right: equal, about equal where one says "about", or within the other's range."""
    if one.upto or other.upto:
        low, high = max(one.amount.value, other.amount.value), min(_end(one).value, _end(other).value)
        return low <= high
    a, b = one.amount, other.amount
    if abs(a.value - b.value) <= 1e-9 * max(1.0, a.value):
        return True
    if Bound.ABOUT in {a.bound, b.bound} and abs(a.value - b.value) <= _ROUGHLY * max(a.value, b.value):
        return True
    return _inside(a, b) or _inside(b, a)


def _end(fact: Fact) -> Quantity:
    return fact.upto or fact.amount


def _inside(limit: Quantity, value: Quantity) -> bool:
    """A plain value within the other's "up to" or vague "dozens"; "at least nine" and "14" do differ for a reader.

    Of money and shares every limit counts: a price of 4.32 is "more than 4".
    """
    if limit.kind is not Kind.COUNT and limit.bound in {Bound.MORE, Bound.AT_LEAST} and value.value >= limit.value:
        return True
    if limit.bound in {Bound.AT_MOST, Bound.LESS}:
        return value.bound is Bound.EXACT and value.value <= limit.value
    if limit.bound in {Bound.MORE, Bound.AT_LEAST} and _is_vague(value):
        return value.value >= limit.value
    vague = _is_vague(limit)
    close = limit.bound is Bound.MORE and value.value <= limit.value * (1 + 2 * _ROUGHLY)
    close = close or (limit.bound is Bound.AT_LEAST and value.value <= limit.value * (1 + _NEARLY))
    return (vague or close) and value.value >= limit.value


def _is_vague(quantity: Quantity) -> bool:
    """Of "dozens" and "hundreds"."""
    return quantity.spelled and quantity.bound is Bound.AT_LEAST and quantity.text.lower().endswith("s")


def phrase(fact: Fact) -> str:
    """The amount as printed, with its limit in our words ("at least nine", "between 70 and 90")."""
    amount = fact.amount
    if _is_vague(amount):
        return amount.text
    if fact.upto:
        return f"between {amount.text} and {fact.upto.text}"
    return amount.text if amount.bound is Bound.EXACT else f"{amount.bound} {amount.text}"
