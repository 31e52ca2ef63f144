"""Normalises text for lexical search, before the index's own analysis."""

from __future__ import annotations

import re

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# Soft hyphens, word joiners and zero-width no-break spaces: invisible, but they would keep a word from being found.
_UNSEEN = re.compile(r"\u00ad(?:[ \t]*\n[ \t]*(?=\w))?|[\u2060\ufeff]")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-[ \t]*\n[ \t]*([^\W\d_]+)")
_POSSESSIVE = re.compile(r"['’]s\b")

# Words that shape a question without saying what it is about.
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have he her his how i in into is it
    its many me much my no not of on or our s she should so such t that the their them then there these they
    this those to us was we were what when where which while who whom whose why will with would you your
    """.split()  # noqa: SIM905  (a list of words reads best as one)
)


def plain(text: str) -> str:
    """Remove thousands separators from numbers, dots from initials ("U.S." becomes "US") and possessive endings.

    A word hyphenated at a line end is kept both in its parts and joined, since only some are compounds.
    """
    text = THOUSANDS.sub("", _UNSEEN.sub("", text))
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    text = _BROKEN.sub(r"\1-\2 \1\2", text)
    return _POSSESSIVE.sub("", text)


def telling(question: str) -> str:
    """Normalise a question and drop its function words; empty if it has no other words."""
    words = plain(question).casefold().split()
    return " ".join(word for word in words if word.strip("?!.,;:\"'“”") not in _FUNCTION_WORDS)
