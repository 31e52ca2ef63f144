"""Find the amounts in a text.

- counts, in digits or words: "1,200 men", "two hundred and fifty", "dozens", "tens of thousands"
- shares: "50 percent", "two-thirds", "half", "one in five"
- money: "$3.5m", "5 million crowns"
- ordinals: "the 17th", "third", "No. 7"
- clock times: "17:30", "5 p.m."
- ranges whose ends share a scale or unit: "between 60 and 80 million", "5 to 7 percent"

Each amount has its limit ("at least 17": ``rag.language.bounds``) and the words after it, which it may count.

Leaves out: dates (``rag.language.times``), "one" alone, "a few" and "several", units of measurement (they are ordinary
words after the amount), and "2/3" in digits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from rag.language.bounds import Bound, bound_of
from rag.language.numerals import SCALES, SMALL, is_glued, number_at, plain_value
from rag.language.times import words_in_dates
from rag.language.words import Word, key_at, words_of
from rag.lexicon import word_set

# Vague counts; there are at least two of the unit: "dozens" is at least 24.
_MANY = {
    "dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12, "tens": 10.0,
}  # fmt: skip
# Words for a fraction and its denominator.
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
# Ordinals in words. "first" and "second" are left out: they are mostly adverbs, and a unit of time.
_ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30
}  # fmt: skip
# Currency signs and the lemma of each.
_CURRENCY_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
# Lemmas of currencies.
_CURRENCIES = {*_CURRENCY_SIGNS.values(), "rouble", "ruble", "yuan", "franc", "krona", "hryvnia", "crown", "cent"}
# Words after an amount that cannot be what it counts.
_STOPS = word_set(
    "the a an of in on at to for and or by from with that be have its their his her as than more other new who which "
    "it this these those"
)
# A clock time in digits.
_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?")


class Kind(StrEnum):
    """What a value measures."""

    COUNT = "count"
    SHARE = "share"
    MONEY = "money"
    ORDINAL = "ordinal"
    CLOCK = "clock"


# Kinds of amount at the upper end of a range.
_RANGED = {Kind.COUNT, Kind.SHARE, Kind.MONEY}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount in a text.

    ``value`` is in units of its kind: a share is 0 to 1 for 0 to 100 percent, a clock time is in minutes and ignores
    a.m. and p.m. ``units`` are the lemmas right after the amount, which it may count. ``first`` and ``last`` are the
    indices of its words in the text. ``spelled`` is true for a number in words.
    """

    value: float
    kind: Kind
    bound: Bound
    units: tuple[str, ...]
    text: str
    first: int
    last: int
    spelled: bool = False


@lru_cache(maxsize=1024)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Return every amount in the text, in order. Years and days of dates are not amounts."""
    words = words_of(text)
    dated = words_in_dates(text)
    found: list[Quantity] = []
    i = 0
    while i < len(words):
        read = None if i in dated else _read(words, i)
        if read is None:
            i += 1
            continue
        found.append(replace(read, text=text[words[read.first].start : words[read.last].end]))
        i = read.last + 1
    return tuple(_sharing(words, one, nxt) for one, nxt in zip_longest(found, found[1:]))


def _sharing(words: Sequence[Word], one: Quantity, nxt: Quantity | None) -> Quantity:
    """Return the lower end of a range with the scale and kind given at its upper end.

    Examples are "between 60 and 80 million" and "5 to 7 percent".
    """
    if nxt is None or _digits(words, one.first) != one.last or one.kind not in {Kind.COUNT, Kind.MONEY}:
        return one
    upper = plain_value(words[_digits(words, nxt.first)].text)
    if not upper or nxt.value == upper or nxt.kind not in _RANGED:
        return one
    between, before = [word.key for word in words[one.last + 1 : nxt.first]], key_at(words, one.first - 1)
    glued = not between and words[nxt.first].start - words[one.last].end == 1  # the dash of "60-80 million"
    if not glued and between != ["to"] and (between != ["and"] or before != "between"):
        return one
    kind = one.kind if one.kind is Kind.MONEY else nxt.kind
    return replace(one, value=one.value * nxt.value / upper, kind=kind)


def _digits(words: Sequence[Word], first: int) -> int:
    """Return the index of the digits of an amount: the second word after a currency sign."""
    return first + (words[first].key in _CURRENCY_SIGNS)


def _read(words: Sequence[Word], i: int) -> Quantity | None:
    word = words[i]
    if clock := _CLOCK.fullmatch(word.text):
        return Quantity(int(clock[1]) * 60.0 + int(clock[2]), Kind.CLOCK, Bound.EXACT, (), "", i, i)
    return _fraction(words, i) or _many(words, i) or _amount(words, i) or _ordinal_word(words, i)


def _fraction(words: Sequence[Word], i: int) -> Quantity | None:
    """Read a share in words ("half", "a third of", "two-thirds", "one in five") or "half a million"."""
    key, nxt = key_at(words, i), key_at(words, i + 1)
    if key == "half" and nxt in {"a", "an"} and key_at(words, i + 2) in SCALES:
        return _make(words, i, i + 2, 0.5 * SCALES[key_at(words, i + 2)], Kind.COUNT, spelled=True)
    if key == "half" and nxt != "time" and key_at(words, i - 1) not in {"first", "second", "other", "latter", "final"}:
        return _make(words, i, i, 0.5, Kind.SHARE, spelled=True)
    if key in {"a", "one"} and nxt in {"third", "quarter", "fifth", "tenth"} and key_at(words, i + 2) == "of":
        return _make(words, i, i + 1, 1 / _PARTS[nxt], Kind.SHARE, spelled=True)
    if key in SMALL and nxt in _PARTS and nxt.endswith("s"):
        return _make(words, i, i + 1, SMALL[key] / _PARTS[nxt], Kind.SHARE, spelled=True)
    whole = _small_or_digits(words, i + 2)
    if key == "one" and nxt == "in" and whole is not None and 2 <= whole <= 100 and key_at(words, i + 3) not in SCALES:
        return _make(words, i, i + 2, 1 / whole, Kind.SHARE, spelled=True)
    return None


def _small_or_digits(words: Sequence[Word], i: int) -> float | None:
    if not 0 <= i < len(words):
        return None
    return plain_value(words[i].text) if words[i].number else SMALL.get(words[i].key)


def _many(words: Sequence[Word], i: int) -> Quantity | None:
    """Read "dozens" or "tens of thousands": at least two of them."""
    key = key_at(words, i)
    if key not in _MANY or (key in {"scores", "tens"} and key_at(words, i + 1) != "of"):
        return None
    last, value = i, 2 * _MANY[key]
    if key_at(words, i + 1) == "of" and key_at(words, i + 2) in _MANY:
        last, value = i + 2, value * _MANY[key_at(words, i + 2)]
    elif key == "tens":
        return None
    return _make(words, i, last, value, Kind.COUNT, bound=Bound.AT_LEAST, spelled=True)


def _amount(words: Sequence[Word], i: int) -> Quantity | None:
    """Read digits or number words with their scale, percent sign and currency."""
    start = i
    if words[i].key in _CURRENCY_SIGNS and i + 1 < len(words) and words[i + 1].number:
        i += 1
    spelled = not words[i].number
    number = number_at(words, i)
    if number is None:
        return None
    value, last = number
    return (
        _share(words, start, last, value, spelled=spelled)
        or (None if spelled else _numbered(words, start, last, value))
        or _counted(words, start, last, value, spelled=spelled, signed=start != i)
    )


def _share(words: Sequence[Word], start: int, last: int, value: float, *, spelled: bool) -> Quantity | None:
    after = (key_at(words, last + 1), key_at(words, last + 2))
    if after[0] in {"%", "percent", "pc"}:
        return _make(words, start, last + 1, value / 100, Kind.SHARE, spelled=spelled)
    if after in {("per", "cent"), ("percentage", "points"), ("percentage", "point")}:
        return _make(words, start, last + 2, value / 100, Kind.SHARE, spelled=spelled)
    return None


def _numbered(words: Sequence[Word], start: int, last: int, value: float) -> Quantity | None:
    """Read an ordinal or clock time in digits: "17th", "5 p.m.", "hanger No. 7"."""
    if is_glued(words, last) and key_at(words, last + 1) in {"st", "nd", "rd", "th"}:
        return _make(words, start, last + 1, value, Kind.ORDINAL)
    if key_at(words, last + 1) in {"am", "pm"} and value <= 12:
        return _make(words, start, last + 1, value * 60, Kind.CLOCK)
    if key_at(words, start - 1) == "no" and words[start].number and key_at(words, start) not in _CURRENCY_SIGNS:
        return _make(words, start, last, value, Kind.ORDINAL)
    return None


def _counted(words: Sequence[Word], start: int, last: int, value: float, *, spelled: bool, signed: bool) -> Quantity:
    money = signed or (last + 1 < len(words) and words[last + 1].lemma in _CURRENCIES)
    return _make(words, start, last, value, Kind.MONEY if money else Kind.COUNT, spelled=spelled)


def _ordinal_word(words: Sequence[Word], i: int) -> Quantity | None:
    value = _ORDINALS.get(words[i].key)
    return None if value is None else _make(words, i, i, float(value), Kind.ORDINAL, spelled=True)


def _make(
    words: Sequence[Word],
    first: int,
    last: int,
    value: float,
    kind: Kind,
    *,
    bound: Bound | None = None,
    spelled: bool = False,
) -> Quantity:
    """Build the amount without its text, which ``quantities_of`` adds as printed."""
    return Quantity(value, kind, bound or bound_of(words, first, last), _units(words, last), "", first, last, spelled)


def _units(words: Sequence[Word], last: int) -> tuple[str, ...]:
    units: list[str] = []
    for word in words[last + 1 : last + 4]:
        if word.clause != words[last].clause or word.number:
            break
        if word.lemma not in _STOPS:
            units.append(word.lemma)
    return tuple(units)
