"""Capitalised names in a question or an answer, by spelling alone; ``rag.language.names`` weighs what else is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.names import JOINTS, PERSON_TITLES
from rag.language.words import BEFORE_NAMES
from rag.lexicon.light import STOP_WORDS

_JOINT = "|".join(sorted(JOINTS | {"da", "du", "the"}))
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_CAPITALISED = rf"(?:\b(?:{BEFORE_NAMES})\.(?=\s+{_CAPITAL})|(?<!\w){_CAPITAL}[\w’'-]*\w|(?<!\w){_CAPITAL}\.)"
_NAME = re.compile(rf"{_CAPITALISED}(?:\s+(?:(?:{_JOINT})\s+){{0,2}}{_CAPITALISED})*")
_POSSESSIVE = re.compile(r"['’]s$")
_NOT_A_PERSON = re.compile(
    r"\b(?:ministry|council|company|police|university|party|court|bank|group|union|agency|committee|city|river|state|"
    r"states|street|house|parliament|office|department|party|association|institute|club|league|times|post|news)\b",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """Names in order of appearance, each once; a capital that only opens a sentence is not a name."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        words = match.group(0).split()
        if _opens_sentence(text, match.start()) and (len(words) == 1 or words[0].lower() in STOP_WORDS):
            words = words[1:]
        name = _POSSESSIVE.sub("", " ".join(words))
        if name and name.lower() not in STOP_WORDS:
            found.setdefault(name)
    return list(found)


def person_among(names: Sequence[str]) -> str | None:
    """The first name that reads as a person's: two or more words or a title, and no institution."""
    likely = [name for name in names if not _NOT_A_PERSON.search(name)]
    full = [name for name in likely if " " in name or name.split(".")[0].lower() in PERSON_TITLES]
    return next(iter(full or likely), None)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \n\t\"'“‘(")
    return not before or before[-1] in ".!?"
