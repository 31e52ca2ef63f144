"""Text as words to look for, before any index's own analysis."""

from __future__ import annotations

import re

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.){2,}")
# Marks of where a word may be broken or must not be: nobody sees them, and they would keep a word from being found.
_UNSEEN = re.compile(r"\u00ad(?:[ \t]*\n[ \t]*(?=\w))?|[\u2060\ufeff]")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]+)-[ \t]*\n[ \t]*([^\W\d_]+)")
_POSSESSIVE = re.compile(r"['’]s\b")

# Words that say how a question is put and not what about.
_FUNCTION_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have he her his how i in into is it
    its many me much my no not of on or our s she should so such t that the their them then there these they
    this those to us was we were what when where which while who whom whose why will with would you your
    """.split()  # noqa: SIM905  (a list of words reads best as one)
)


def plain(text: str) -> str:
    """Numbers without thousands commas, initials without dots (U.S. is us), names without their possessive s.

    A word broken at the end of a line is there whole as well as in its parts, since only some are words by themselves.
    """
    text = THOUSANDS.sub("", _UNSEEN.sub("", text))
    text = _INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    text = _BROKEN.sub(r"\1-\2 \1\2", text)
    return _POSSESSIVE.sub("", text)


def telling(question: str) -> str:
    """The question's plain words without those that only say how it is put; empty where nothing else is in it."""
    words = plain(question).casefold().split()
    return " ".join(word for word in words if word.strip("?!.,;:\"'“”") not in _FUNCTION_WORDS)
