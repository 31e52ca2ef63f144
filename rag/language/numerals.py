"""Read the value of a number in digits or in words, with its scale.

- digits: "1,200", "3.5", "1.200.000"
- words: "seventeen", "twenty-five", "two hundred and fifty", "a dozen"
- scales: "1.2 million", "$3.5bn", "5k"

Leaves out: "one" alone, which is mostly a pronoun, decimals in words ("three point five") and Roman numerals.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word, key_at

SMALL = {
    "zero": 0.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "thirteen": 13.0, "fourteen": 14.0, "fifteen": 15.0,
    "sixteen": 16.0, "seventeen": 17.0, "eighteen": 18.0, "nineteen": 19.0, "twenty": 20.0, "thirty": 30.0,
    "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0,
}  # fmt: skip
"""Number words below one hundred, compounds excepted."""

SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "tn": 1e12, "trn": 1e12,
}  # fmt: skip
"""Words and abbreviations that multiply the number before them."""

# Abbreviations that are a scale only without a space before them: "5m", but not "5 m".
_GLUED_ONLY = {"k", "m"}
# Scales that follow an article: "a million".
_AFTER_ARTICLE = {"hundred", "thousand", "million", "billion", "dozen"}


def plain_value(text: str) -> float | None:
    """Return the value of digits as printed ("1,200", "3.5", "1.200.000"), or None for a clock time or a version."""
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


def number_at(words: Sequence[Word], i: int) -> tuple[float, int] | None:
    """Return the value of the number that begins at word ``i`` and the index of its last word, or None."""
    value, last = (plain_value(words[i].text), i) if words[i].number else _spelled(words, i)
    return None if value is None else _scaled(words, value, last)


def is_glued(words: Sequence[Word], i: int) -> bool:
    """Whether the next word follows word ``i`` without a space: "17" and "th", "5" and "m"."""
    return i + 1 < len(words) and words[i + 1].start == words[i].end


def _spelled(words: Sequence[Word], i: int) -> tuple[float | None, int]:
    """Return the value and last word of a number in words without its scale; the value is None where there is none."""
    if words[i].key in {"a", "an"} and key_at(words, i + 1) in _AFTER_ARTICLE:
        return 1.0, i
    if words[i].key not in SMALL:
        return None, i
    value, last = SMALL[words[i].key], i
    if value >= 20 and 0 < SMALL.get(key_at(words, i + 1), 0) < 10:
        value, last = value + SMALL[words[i + 1].key], i + 1
    if words[i].key == "one" and last == i and key_at(words, i + 1) not in SCALES:
        return None, i
    return value, last


def _scaled(words: Sequence[Word], value: float, last: int) -> tuple[float, int]:
    """Multiply by the scales that follow, and add the rest: "two hundred and fifty"."""
    total = value
    while (scale := key_at(words, last + 1)) in SCALES and (scale not in _GLUED_ONLY or is_glued(words, last)):
        total, last = total * SCALES[scale], last + 1
        more = last + 2 if key_at(words, last + 1) == "and" else last + 1
        rest, rest_last = _spelled(words, more) if more < len(words) and not words[more].number else (None, more)
        if rest is None or scale not in {"hundred", "thousand"} or rest >= SCALES[scale]:
            break
        total, last = total + rest, rest_last
    return total, last
