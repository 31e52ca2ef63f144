"""Corrects typos in a question with the words of the articles found: "brige" becomes "bridge".

The reply shows the corrected question. Capitalised names are never changed: "Larsen" may not mean "Larson".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from rag.language.words import fold, is_known

ALIKE = 0.8
"""Minimum similarity of a word to its correction, 0 to 1 (Ratcliff and Obershelp 1988)."""
SHORTEST = 5
"""Minimum length of a word to be corrected, in letters; shorter words are similar to too many others."""

_WORD = re.compile(r"[^\W\d_]+")
_MOST_UNKNOWN = 0.5  # if a larger share of a question's words is unknown, it is in another language


def corrected_spelling(question: str, texts: Iterable[str]) -> str:
    """Replaces each word that is neither in the dictionary nor in ``texts`` by the most similar word in ``texts``.

    A word without a similar word in ``texts`` is kept, and so is one with two equally similar words.
    """
    found = list(_WORD.finditer(question))
    one_case = question.islower() or question.isupper()
    unknown = [word for word in found if not is_known(fold(word.group()))]
    correctable = [word for word in unknown if len(word.group()) >= SHORTEST and not _is_name(word, one_case=one_case)]
    if not correctable:
        return question  # early, because collecting the words of all texts is slow
    vocabulary = frozenset(map(fold, {word for text in texts for word in _WORD.findall(text)}))
    unknown = [word for word in unknown if fold(word.group()) not in vocabulary]
    if not vocabulary or len(unknown) > _MOST_UNKNOWN * len(found):
        return question
    for word in reversed(correctable):
        text = word.group()
        correction = _most_similar(fold(text), vocabulary) if word in unknown else None
        if correction:
            question = f"{question[: word.start()]}{_cased(correction, text)}{question[word.end() :]}"
    return question


def _is_name(word: re.Match[str], *, one_case: bool) -> bool:
    """Whether a word is capitalised like a name; never in a question that is all in ``one_case``."""
    return word.group()[0].isupper() and not one_case and word.start() > 0


def _most_similar(key: str, vocabulary: frozenset[str]) -> str | None:
    """The most similar word with the same first letter; None if there is none, or more than one."""
    near = [
        word for word in vocabulary if word[:1] == key[:1] and abs(len(word) - len(key)) <= 2 and len(word) >= SHORTEST
    ]
    ranked = sorted(((SequenceMatcher(None, key, word).ratio(), word) for word in near), reverse=True)
    if not ranked or ranked[0][0] < ALIKE or (len(ranked) > 1 and ranked[1][0] == ranked[0][0]):
        return None
    return ranked[0][1]


def _cased(word: str, like: str) -> str:
    if like.isupper():
        return word.upper()
    return word.capitalize() if like[0].isupper() else word
