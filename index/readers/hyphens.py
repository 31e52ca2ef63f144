"""Rejoins words that a PDF hyphenates at line ends, where it is certain that the hyphen is not part of the word.

A hyphen at the end of a line may come from typesetting ("govern-", "ment") or belong to the word ("well-", "known"),
and a quote must not say "wellknown". Lexical search finds words that are left hyphenated, too (see ``index.terms``).
"""

from __future__ import annotations

import re

_BROKEN = re.compile(r"\b([^\W\d_]+)-[ \t]*\n[ \t]*([^\W\d_]+)\b")
_SOFT = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")
_WORD = re.compile(r"[^\W\d_]+")


def mend(text: str) -> str:
    """Rejoin hyphenated words that occur unhyphenated elsewhere in the text or in a dictionary."""
    text = _SOFT.sub("", text)
    if not _BROKEN.search(text):
        return text
    printed = {word.lower() for word in _WORD.findall(_BROKEN.sub(" ", text))}

    def whole(match: re.Match[str]) -> str:
        one, two = match.groups()
        return one + two if two.islower() and _is_one(one.lower(), two, printed) else match.group()

    return _BROKEN.sub(whole, text)


def _is_one(one: str, two: str, printed: set[str]) -> bool:
    if one + two in printed:
        return True
    from simplemma import is_known  # noqa: PLC0415  (takes 0.1 s to load its dictionary)

    # The dictionary contains "wellknown", too: if both parts are words, the hyphen may belong there.
    return is_known(one + two, lang="en") and not (is_known(one, lang="en") and is_known(two, lang="en"))
