"""A claim must be a whole statement about the news: no sentence cut short, no talk about the passages themselves."""

from __future__ import annotations

import re

from rag.language.words import Word, same_length, words_of
from rag.lexicon.reporting import VERBISH
from rag.types import Finding

_ENDED = re.compile(r"[.!?…\"')\]]\s*$")
_OF_THE_TEXT = re.compile(
    r"\b(?:(?:the|this|these|that|given|provided|cited|above|following|each|both)\s+)"
    r"(?:(?:first|second|third|last|given|provided|cited|news|numbered)\s+)?"
    r"(?:passages?|excerpts?|snippets?|provided\s+(?:context|text|information)|sentences?\s+\"|prompt)\b",
    re.IGNORECASE,
)
_SHORT = 4  # words in which a verb would be seen
_LED_IN = 3  # words before the break that must run on in the evidence


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """A finding where the claim breaks off inside a sentence of the evidence, or speaks of passages it was given."""
    return (*_cut_short(claim, evidence), *_about_the_text(claim, evidence))


def _cut_short(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Without a full stop, and where the evidence goes straight on: what follows may turn it round."""
    words = words_of(claim)
    if _ENDED.search(same_length(claim)):
        return ()
    if len(words) <= _SHORT and not any(_may_be_a_verb(w) for w in words):
        return (Finding("form", "it is no whole sentence"),)
    tail = [w.key for w in words[-_LED_IN:]]
    others = words_of(evidence)
    places = [i for i in range(len(others) - _LED_IN + 1) if [w.key for w in others[i : i + _LED_IN]] == tail]
    goes_on = [
        i + _LED_IN < len(others) and others[i + _LED_IN].clause == others[i + _LED_IN - 1].clause for i in places
    ]
    if not places or not all(goes_on):
        return ()
    return (Finding("form", f'it breaks off: the evidence goes on after "{words[-2].text} {words[-1].text}"'),)


def _may_be_a_verb(word: Word) -> bool:
    return word.key in VERBISH or (word.lemma != word.key and not word.key.endswith("s"))


def _about_the_text(claim: str, evidence: str) -> tuple[Finding, ...]:
    found = _OF_THE_TEXT.search(same_length(claim))
    if not found or found.group().lower() in evidence.lower():
        return ()
    return (Finding("form", f'it speaks of what was read ("{found.group()}"), not of what happened'),)
