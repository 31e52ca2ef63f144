"""Tells sentences that state something from those that cannot answer, however many words they share with a question.

A quiz, a list of frequent questions or a teaser ("Why these cities cancelled their fireworks") has the very words of a
question but not the answer. Neither has a sentence that only repeats what the question already says.
"""

from __future__ import annotations

import re

from rag.denials import denies
from rag.disagreement import YES_OR_NO
from rag.language.stems import stems, words
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS

_OPTION = re.compile(r"^\W{0,2}[A-Da-d][.)]\s+(?![A-Z]\.)\S+(?:\s\S+){0,3}(?<![.!])$")
"""An option of a quiz: "B. The postal workers". What is longer, or ends like a sentence, may begin with an initial."""

# Without a full stop at the end: "July 4: Why these cities …", "Here's what to know about the vote". Within a line,
# "- who died in 2019" belongs to what stands before it, and WHO is an organisation.
_REST = r"\s\S[^.!:…]*[^.!:…\"”’\s]$"
_TEASER = re.compile(
    rf"^(?:[Hh]ere(?:['’]s| is| are)\s+)?(?:(?i:why|how|what|where|when to)|[Ww]ho){_REST}"
    rf"|[:–—|-]\s+(?:[Hh]ere(?:['’]s| is| are)\s+)?(?i:why|how|what|where){_REST}"
)
_QUESTION = re.compile(r"\?[\"'”’»)*_!\s]*$")
_QUOTED_QUESTION = re.compile(
    r"^(?P<before>.*\w)[\s:,(–—-]+(?:\"[^\"]*|“[^”]*|«[^»]*|['‘][^?]*|(?<=\()[^()]*)\?[!?]*[\"'”’»)]+\W*$", re.DOTALL
)
_ASKS = re.compile(r"^\W*(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)

_OPENLY = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_IS_IT_SO = re.compile(r"\b(?:or|whether)\b", re.IGNORECASE)
_TELLING = word_set(
    "all both each every either neither few fewer many more most less none some any nobody nothing "
    "up down off out over under above below before after once again here there"
)
"""Words that answer although they are too frequent to be searched for."""

_ABBREVIATION = re.compile(r"\b[A-Z]{2,}\b")


def states(text: str) -> bool:
    """Whether a sentence states something: it is no question, no option of a quiz and no teaser.

    A sentence that ends with a question in quotation marks or brackets does: "The panel voted on “Is it safe?”".
    """
    text = text.strip()
    return not (_is_question(text) or _OPTION.match(text) or _TEASER.search(text))


def _is_question(text: str) -> bool:
    if not _QUESTION.search(text):
        return False
    quoted = _QUOTED_QUESTION.match(text)
    return not quoted or bool(_ASKS.match(text) or YES_OR_NO.match(quoted["before"]))


def adds_to(question: str, text: str) -> bool:
    """Whether a sentence says more than the question; any does if that asks for yes or no, or for one of two."""
    is_open = _OPENLY.search(question) or not question.rstrip().endswith("?")
    if not is_open or YES_OR_NO.search(question) or _IS_IT_SO.search(question) or denies(text):
        return True
    return bool(_said_by(text) - _said_by(question))


def _said_by(text: str) -> set[str]:
    """The words of a text that say something: the content words, and "US", "WHO", "all" or "down"."""
    short = {found for found in _ABBREVIATION.findall(text) if found.lower() in STOP_WORDS}
    return {*stems(text), *short, *(word for word in words(text) if word in _TELLING)}
