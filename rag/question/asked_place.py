"""Detects figures of another place than the one asked about.

"How many children are ill in Brod?" is not answered by "Fourteen children in Lanvik are ill" where the same report says
"Two cases were reported in Brod".

Left out, because one place may lie in the other ("in Norway", "in Oslo"): reports without a figure for the place asked
about in a sentence of its own.
"""

from __future__ import annotations

from rag.language.names import Name, names_of, same_name
from rag.language.words import key_at, words_of
from rag.passages import PassageSentence, sentences_of
from rag.question.answer_type import FIGURES, asked_type, holds_type
from rag.types import Passage


def is_of_another_place(question: str, sentence: PassageSentence, passage: Passage) -> bool:
    """Whether the sentence is about another place only, and the passage has a figure for the place asked about."""
    if asked_type(question) not in FIGURES:
        return False
    asked = _places(question)
    if len(asked) != 1 or not _places(sentence.text) or _holds(sentence.text, asked[0]):
        return False
    return any(
        any(_is_same(asked[0], place) for place in _places(other.text)) and holds_type(question, other.text)
        for other in sentences_of(passage)
    )


def _places(text: str) -> list[Name]:
    """The names right after "in"."""
    words = words_of(text)
    at = {word.start: n for n, word in enumerate(words)}
    return [name for name in names_of(text) if key_at(words, at[name.words[0].start] - 1) == "in"]


def _holds(text: str, place: Name) -> bool:
    """Whether every word of the name is in the text."""
    return all(any(same_name(key, word.key) for word in words_of(text)) for key in place.keys)


def _is_same(one: Name, other: Name) -> bool:
    return all(any(same_name(key, theirs) for theirs in other.keys) for key in one.keys)
