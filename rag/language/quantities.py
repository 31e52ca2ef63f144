"""Amounts in a text: "1,200 men", "$3.5m", "two-thirds", "at least 17", "dozens", "10 to 15 percent".

Dates are left to ``rag.language.times``; clock times and ordinals are kept apart by their kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import zip_longest

from rag.language.bounds import Bound, bound_of
from rag.language.times import words_in_dates
from rag.language.words import Word, key_at, words_of
from rag.lexicon import word_set

_SMALL = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0,
    "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
_GLUED_ONLY = {"k", "m"}
_MANY = {
    "dozens": 12.0, "scores": 20.0, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "trillions": 1e12, "tens": 10.0,
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourths": 4, "fifth": 5,
    "fifths": 5, "sixth": 6, "sixths": 6, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16,
    "seventeenth": 17, "eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30
}  # fmt: skip
_CURRENCY_SIGNS = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "₹": "rupee"}
_CURRENCIES = {*_CURRENCY_SIGNS.values(), "rouble", "ruble", "yuan", "franc", "krona", "hryvnia", "crown", "cent"}
_STOPS = word_set(
    "the a an of in on at to for and or by from with that be have its their his her as than more other new who which "
    "it this these those"
)


_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::\d\d)?")


class Kind(StrEnum):
    """What a value measures."""

    COUNT = "count"
    SHARE = "share"  # percents and fractions, 0..1 for 0..100 %
    MONEY = "money"
    ORDINAL = "ordinal"
    CLOCK = "clock"


_RANGED = {Kind.COUNT, Kind.SHARE, Kind.MONEY}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount; ``units`` are the lemmas of the words right after it, the likely things counted."""

    value: float
    kind: Kind
    bound: Bound
    units: tuple[str, ...]
    text: str
    first: int  # index of its first word among the words of the text
    last: int
    spelled: bool = False


def plain_value(text: str) -> float | None:
    """The value of digits as printed ("1,200", "3.5", "1.200.000"), or None for a clock time or a version."""
    if ":" in text:
        return None
    if "," in text and all(len(part) == 3 for part in text.split(".", maxsplit=1)[0].split(",")[1:]):
        text = text.replace(",", "")
    elif text.count(".") > 1 and all(len(part) == 3 for part in text.split(".")[1:]):
        text = text.replace(".", "")
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def quantities_of(text: str) -> tuple[Quantity, ...]:
    """Every amount in the text, in order; years and days of dates are not amounts."""
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
    """The lower end of a range with the scale that is told at the upper: "between 60 and 80 million", "5 to 7 %"."""
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
    """The word of an amount in digits that has them: the second where a currency's sign stands before."""
    return first + (words[first].key in _CURRENCY_SIGNS)


def _read(words: Sequence[Word], i: int) -> Quantity | None:
    word = words[i]
    if clock := _CLOCK.fullmatch(word.text):
        return Quantity(int(clock[1]) * 60.0 + int(clock[2]), Kind.CLOCK, Bound.EXACT, (), "", i, i)
    return _fraction(words, i) or _many(words, i) or _amount(words, i) or _ordinal_word(words, i)


def _fraction(words: Sequence[Word], i: int) -> Quantity | None:
    """Shares in words: "half", "a third of", "two-thirds", "one in five"; and "half a million"."""
    key, nxt = key_at(words, i), key_at(words, i + 1)
    if key == "half" and nxt in {"a", "an"} and key_at(words, i + 2) in _SCALES:
        return _make(words, i, i + 2, 0.5 * _SCALES[key_at(words, i + 2)], Kind.COUNT, spelled=True)
    if key == "half" and nxt != "time" and key_at(words, i - 1) not in {"first", "second", "other", "latter", "final"}:
        return _make(words, i, i, 0.5, Kind.SHARE, spelled=True)
    if key in {"a", "one"} and nxt in {"third", "quarter", "fifth", "tenth"} and key_at(words, i + 2) == "of":
        return _make(words, i, i + 1, 1 / _PARTS[nxt], Kind.SHARE, spelled=True)
    if key in _SMALL and nxt in _PARTS and nxt.endswith("s"):
        return _make(words, i, i + 1, _SMALL[key] / _PARTS[nxt], Kind.SHARE, spelled=True)
    whole = _small_or_digits(words, i + 2)
    if key == "one" and nxt == "in" and whole is not None and 2 <= whole <= 100 and not _is_scaled(words, i + 3):
        return _make(words, i, i + 2, 1 / whole, Kind.SHARE, spelled=True)
    return None


def _is_scaled(words: Sequence[Word], i: int) -> bool:
    return key_at(words, i) in _SCALES


def _small_or_digits(words: Sequence[Word], i: int) -> float | None:
    if not 0 <= i < len(words):
        return None
    return plain_value(words[i].text) if words[i].number else _SMALL.get(words[i].key)


def _many(words: Sequence[Word], i: int) -> Quantity | None:
    """Of "dozens" or "tens of thousands" there are at least two."""
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
    """Digits or number words with their scale, percent sign and currency."""
    start = i
    if words[i].key in _CURRENCY_SIGNS and i + 1 < len(words) and words[i + 1].number:
        i += 1
    spelled = not words[i].number
    value, last = _spelled(words, i) if spelled else (plain_value(words[i].text), i)
    if value is None:
        return None
    value, last = _scaled(words, value, last)
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
    """Of "17th", "5 p.m." and "hanger No. 7"."""
    if _glued(words, last) and key_at(words, last + 1) in {"st", "nd", "rd", "th"}:
        return _make(words, start, last + 1, value, Kind.ORDINAL)
    if key_at(words, last + 1) in {"am", "pm"} and value <= 12:
        return _make(words, start, last + 1, value * 60, Kind.CLOCK)
    if key_at(words, start - 1) == "no" and words[start].number and key_at(words, start) not in _CURRENCY_SIGNS:
        return _make(words, start, last, value, Kind.ORDINAL)
    return None


def _counted(words: Sequence[Word], start: int, last: int, value: float, *, spelled: bool, signed: bool) -> Quantity:
    money = signed or (last + 1 < len(words) and words[last + 1].lemma in _CURRENCIES)
    return _make(words, start, last, value, Kind.MONEY if money else Kind.COUNT, spelled=spelled)


def _glued(words: Sequence[Word], i: int) -> bool:
    return i + 1 < len(words) and words[i + 1].start == words[i].end


def _spelled(words: Sequence[Word], i: int) -> tuple[float | None, int]:
    """The value and last word of "two hundred and fifty"; "one" alone is mostly a pronoun and is no amount."""
    if words[i].key in {"a", "an"} and key_at(words, i + 1) in {"hundred", "thousand", "million", "billion", "dozen"}:
        return 1.0, i
    if words[i].key not in _SMALL:
        return None, i
    value, last = _SMALL[words[i].key], i
    if value >= 20 and 0 < _SMALL.get(key_at(words, i + 1), 0) < 10:
        value, last = value + _SMALL[words[i + 1].key], i + 1
    if words[i].key == "one" and last == i and key_at(words, i + 1) not in _SCALES:
        return None, i
    return value, last


def _scaled(words: Sequence[Word], value: float, last: int) -> tuple[float, int]:
    total = value
    while (scale := key_at(words, last + 1)) in _SCALES and (scale not in _GLUED_ONLY or _glued(words, last)):
        total, last = total * _SCALES[scale], last + 1
        more = last + 2 if key_at(words, last + 1) == "and" else last + 1
        rest, rest_last = _spelled(words, more) if more < len(words) and not words[more].number else (None, more)
        if rest is None or scale not in {"hundred", "thousand"} or rest >= _SCALES[scale]:
            break
        total, last = total + rest, rest_last
    return total, last


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
    """The amount but for its text, which ``quantities_of`` takes as printed."""
    return Quantity(value, kind, bound or bound_of(words, first, last), _units(words, last), "", first, last, spelled)


def _units(words: Sequence[Word], last: int) -> tuple[str, ...]:
    units: list[str] = []
    for word in words[last + 1 : last + 4]:
        if word.clause != words[last].clause or word.number:
            break
        if word.lemma not in _STOPS:
            units.append(word.lemma)
    return tuple(units)
