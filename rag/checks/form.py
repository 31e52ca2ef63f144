"""Check that a claim is a complete sentence about the news.

- a sentence cut short: no final punctuation, and the evidence continues after its last words
- a fragment of a few words without a verb
- talk about the source text: "The passage says …", "Based on the provided context, …"

Leaves out: grammatical errors, and a claim that is cut short in words of its own.
"""

from __future__ import annotations

import re

from rag.checks.finding import Finding
from rag.language.words import Word, same_length, words_of
from rag.lexicon.reporting import VERBISH

# Final punctuation.
_ENDED = re.compile(r"[.!?…\"')\]]\s*$")
# References to the source text as a text.
_OF_THE_TEXT = re.compile(
    r"\b(?:(?:the|this|these|that|given|provided|cited|above|following|each|both)\s+)"
    r"(?:(?:first|second|third|last|given|provided|cited|news|numbered)\s+)?"
    r"(?:passages?|excerpts?|snippets?|provided\s+(?:context|text|information)|sentences?\s+\"|prompt)\b",
    re.IGNORECASE,
)
_SHORT = 4  # the most words of a fragment; in longer text the rules may miss a verb
_LED_IN = 3  # last words of the claim that must be in the evidence


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding where the claim is cut short within an evidence sentence or talks about the source text."""
    return (*_cut_short(claim, evidence), *_about_the_text(claim, evidence))


def _cut_short(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Find a claim without final punctuation where the evidence continues: the missing rest may change the meaning."""
    words = words_of(claim)
    if _ENDED.search(same_length(claim)):
        return ()
    if len(words) <= _SHORT and not any(_may_be_a_verb(w) for w in words):
        return (Finding("form", "it is not a complete sentence"),)
    tail = [w.key for w in words[-_LED_IN:]]
    others = words_of(evidence)
    places = [i for i in range(len(others) - _LED_IN + 1) if [w.key for w in others[i : i + _LED_IN]] == tail]
    goes_on = [
        i + _LED_IN < len(others) and others[i + _LED_IN].clause == others[i + _LED_IN - 1].clause for i in places
    ]
    if not places or not all(goes_on):
        return ()
    return (Finding("form", f'it is cut short: the evidence continues after "{words[-2].text} {words[-1].text}"'),)


def _may_be_a_verb(word: Word) -> bool:
    return word.key in VERBISH or (word.lemma != word.key and not word.key.endswith("s"))


def _about_the_text(claim: str, evidence: str) -> tuple[Finding, ...]:
    found = _OF_THE_TEXT.search(same_length(claim))
    if not found or found.group().lower() in evidence.lower():
        return ()
    return (Finding("form", f'it talks about the source text ("{found.group()}"), not about the news'),)
