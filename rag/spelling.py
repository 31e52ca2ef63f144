"""A question's slips of the pen mended by the words of what was found: "brige" where the articles write "bridge".

The reader sees how the question was understood. Names written as names are never touched: "Larsen" may not be "Larson".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from rag.language.words import fold, is_known

ALIKE = 0.8
"""Share of letters in order, doubled over both lengths (Ratcliff and Obershelp 1988), from which a word is meant."""
SHORTEST = 5
"""Letters; shorter words have too many neighbours."""

_WORD = re.compile(r"[^\W\d_]+")
_MOST_UNKNOWN = 0.5  # of a question's words; beyond that it is in another language


def respelled(question: str, texts: Iterable[str]) -> str:
    """The question with each word that is in no dictionary, and in none of ``texts``, as a likely word of theirs.

    A word stays where none of theirs is like it, or two are equally so.
    """
    found = list(_WORD.finditer(question))
    one_case = question.islower() or question.isupper()
    unknown = [word for word in found if not is_known(fold(word.group()))]
    mendable = [word for word in unknown if len(word.group()) >= SHORTEST and not _is_name(word, one_case=one_case)]
    if not mendable:
        return question  # before all the words of what was found are looked at
    spoken = frozenset(map(fold, {word for text in texts for word in _WORD.findall(text)}))
    unknown = [word for word in unknown if fold(word.group()) not in spoken]
    if not spoken or len(unknown) > _MOST_UNKNOWN * len(found):
        return question
    for word in reversed(mendable):
        text = word.group()
        meant = _likeliest(fold(text), spoken) if word in unknown else None
        if meant:
            question = f"{question[: word.start()]}{_cased(meant, text)}{question[word.end() :]}"
    return question


def _is_name(word: re.Match[str], *, one_case: bool) -> bool:
    """Whether a word is written as a name; in a question all in ``one_case`` none is."""
    return word.group()[0].isupper() and not one_case and word.start() > 0


def _likeliest(key: str, spoken: frozenset[str]) -> str | None:
    """The one word most like it that begins alike; None where there is none, or no single one."""
    near = [word for word in spoken if word[:1] == key[:1] and abs(len(word) - len(key)) <= 2 and len(word) >= SHORTEST]
    rated = sorted(((SequenceMatcher(None, key, word).ratio(), word) for word in near), reverse=True)
    if not rated or rated[0][0] < ALIKE or (len(rated) > 1 and rated[1][0] == rated[0][0]):
        return None
    return rated[0][1]


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
