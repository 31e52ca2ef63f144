"""Tells sentences that state something from those that cannot answer, however many words they share with a question.

A quiz, a list of frequent questions or a teaser ("Why these cities cancelled their fireworks") has the very words of a
question but not the answer. Neither has a sentence that only repeats what the question already says.
"""

from __future__ import annotations

import re

from rag.denials import denies
from rag.disagreement import YES_OR_NO
from rag.language.stems import stems

_OPTION = re.compile(r"^\W{0,2}[A-Ea-e][.)]\s+\S+(?:\s\S+){0,5}(?<![.!])$")
"""An option of a quiz: "B. The postal workers". One that ends like a sentence may begin with somebody's initial."""

# Without a full stop at the end: "July 4: Why these cities …", "Here's what to know about the vote".
_TEASER = re.compile(
    r"(?:^|[:–—|-]\s+)(?:here(?:['’]s| is| are)\s+)?(?:why|how|what|where|when|who|which)\s\S[^.!:…]*[^.!:…\"”’\s]$",
    re.IGNORECASE,
)


def states(text: str) -> bool:
    """Whether a sentence states something: it is no question, no option of a quiz and no teaser."""
    text = text.strip()
    is_question = text.rstrip("\"'”’)*_ ").endswith("?")
    return not (is_question or _OPTION.match(text) or _TEASER.search(text))


def adds_to(question: str, text: str) -> bool:
    """Whether a sentence says more than the question; any does if that asks for yes or no, or for one of two."""
    if YES_OR_NO.search(question) or " or " in question or denies(text):
        return True
    return not set(stems(text)) <= set(stems(question))
