"""Finds different grades given for what a question asks: "What warning level applied?", "level 3" or "level 4"."""

from __future__ import annotations

import re

from rag.facts.difference import Difference, Topic
from rag.language.content_words import content
from rag.language.numerals import SMALL, plain_value
from rag.language.words import words_of
from rag.types import Passage

_ASKS_GRADE = re.compile(r"\b(?:what|which)((?: [\w-]+){1,4})", re.IGNORECASE)
_BEFORE = {"at", "to", "is", "was", "remained", "a", "the"}  # "stood at level 3", "a category 4 storm"
_MIN_ASKED = 0.5  # minimum share of the question's content words in the other passage, headline included


def other_grade(shown: str, other: str, passage: Passage, question: str) -> Difference | None:
    """The difference between the only grades that ``shown`` and ``other``, a sentence of ``passage``, give.

    Both sentences must share a word besides the grade's noun, and be about the same story, which is not checked here.
    """
    match = _ASKS_GRADE.search(question)
    if not match:
        return None
    asked, context = content(question), content(f"{passage.chunk.title or ''}. {passage.chunk.text}")
    if len(asked & context) < _MIN_ASKED * len(asked):
        return None
    for noun in (word.lemma for word in words_of(match[1])):
        ours, theirs = _grades(noun, shown), _grades(noun, other)
        if (
            len(ours) == len(theirs) == 1
            and ours.keys() != theirs.keys()
            and (content(shown) & content(other)) - {noun}
        ):
            return Difference(Topic.CAUSE, noun, (*ours.values(), *theirs.values()))
    return None


def _grades(noun: str, text: str) -> dict[float, str]:
    """The numbers that follow the noun, with noun and number as printed: {3.0: "level 3"}.

    Empty if one is a name ("on line 2") or the end of a range ("from category 1 to category 5").
    """
    words = words_of(text)
    found: dict[float, str] = {}
    for n in range(1, len(words) - 1):
        value = plain_value(words[n + 1].text) if words[n + 1].number else SMALL.get(words[n + 1].key)
        if words[n].lemma != noun or value is None:
            continue
        if words[n - 1].key not in _BEFORE:
            return {}
        found[value] = text[words[n].start : words[n + 1].end]
    return found
