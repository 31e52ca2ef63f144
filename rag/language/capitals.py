"""Names in a question or an answer, found by capital letters alone.

Covers runs of capitalised words with the small words of names between them ("Bank of England", "Gen. A. Stroem") and
drops a capital that only begins a sentence.

Leaves out names in lower case and single names at the beginning of a sentence. ``rag.language.names`` is more precise:
it also uses the dictionary and the other uses of a word in the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.names import JOINTS, PERSON_TITLES
from rag.language.words import BEFORE_NAMES, DOMAIN
from rag.lexicon.light import STOP_WORDS

# Small words inside a name: "Bank of England", "Vasco da Gama".
_JOINT = "|".join(sorted(JOINTS | {"da", "du", "the"}))
_CAPITAL = "[A-ZÀ-ÖØ-Þ]"
# A capitalised word; "Booking.com" and "al-Zawra" are such.
_WORD = rf"(?<![\w’'-])(?:(?:al|el|as|ad|ash|ul|ibn)-)?{_CAPITAL}[\w’'-]*\w(?:{DOMAIN})?"
# A capitalised word, an initial ("A.") or an abbreviated title ("Gen.").
_CAPITALISED = rf"(?:\b(?:{BEFORE_NAMES})\.(?=\s+{_CAPITAL})|{_WORD}|(?<!\w){_CAPITAL}\.)"
# "Artemis I"; before a verb it is a pronoun: "I told Lund I would".
_NUMERAL = r"(?:\s+(?:[IVX]{2,4}|[VXI](?!\s+[a-z]))(?![\w’'.]))?"
_NAME = re.compile(rf"{_CAPITALISED}(?:\s+(?:(?:{_JOINT})\s+){{0,2}}{_CAPITALISED})*{_NUMERAL}")
# A plural at the beginning of a sentence, of what is named: "Members of the Brandt family".
_MEMBERS = re.compile(
    r"(?:Members|Officials|Residents|Employees|Relatives|Supporters|Critics|Leaders|Friends)\s+of\s+(?:the\s+)?"
)
_POSSESSIVE = re.compile(r"['’]s$")
# Words that show an institution or a place rather than a person.
_NOT_A_PERSON = re.compile(
    r"\b(?:ministry|council|company|police|university|party|court|bank|group|union|agency|committee|city|river|state|"
    r"states|street|open|cup|championship|olympics|games|house|parliament|office|department|party|association|institute|club|league|times|post|news)\b",
    re.IGNORECASE,
)


def names_in(text: str) -> list[str]:
    """Return the names in order of appearance, each once. A capital that only begins a sentence is not a name."""
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        words = match.group(0).split()
        if _opens_sentence(text, match.start()) and (len(words) == 1 or words[0].lower() in STOP_WORDS):
            words = words[1:]
        elif _opens_sentence(text, match.start()) and _MEMBERS.match(match.group(0)):
            words = _MEMBERS.sub("", match.group(0)).split()
        name = _POSSESSIVE.sub("", " ".join(words))
        if name and name.lower() not in STOP_WORDS:
            found.setdefault(name)
    return list(found)


def person_among(names: Sequence[str]) -> str | None:
    """Return the first name that looks like a person: two or more words or a title, and no institution."""
    likely = [name for name in names if not _NOT_A_PERSON.search(name)]
    full = [name for name in likely if " " in name or name.split(".")[0].lower() in PERSON_TITLES]
    return next(iter(full or likely), None)


def _opens_sentence(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \n\t\"'“‘(")
    return not before or before[-1] in ".!?"
