"""Words that a PDF breaks at the end of a line: whole again where that is sure, and left as they stand where it is not.

A hyphen at the end of a line may be the typesetter's ("govern-", "ment") or the writer's ("well-", "known"), and a
quote must not say "wellknown". Search finds both, also those that are left (``index.terms``).
"""

from __future__ import annotations

import re

_BROKEN = re.compile(r"\b([^\W\d_]+)-[ \t]*\n[ \t]*([^\W\d_]+)\b")
_SOFT = re.compile(r"\u00ad[ \t]*\n[ \t]*(?=\w)")
_WORD = re.compile(r"[^\W\d_]+")


def mend(text: str) -> str:
    """``text`` with the words whole of which the document, or the dictionary, says that they are one."""
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
    from simplemma import is_known  # noqa: PLC0415  (a tenth of a second for its dictionary)

    # It knows "wellknown" too: where both parts are words, the hyphen may be the writer's.
    return is_known(one + two, lang="en") and not (is_known(one, lang="en") and is_known(two, lang="en"))
