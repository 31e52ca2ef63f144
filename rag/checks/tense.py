"""What is still to come in the evidence must not have happened in the claim, nor the reverse."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.align import Slot, align
from rag.language.words import Word
from rag.lexicon import word_set
from rag.types import Finding

_AHEAD = word_set("will shall")
_OPEN = word_set("will shall would to going may might can could should must plan plans planned set due expected")
_BEHIND = word_set("has have had was were did")
_LONGEST = 4
_CONTEXT = 4


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """A finding where the words run alike but "will" stands on one side and a past form on the other."""
    for slot in align(claim, evidence).slots:
        if slot.context < _CONTEXT or len(slot.claim) > _LONGEST or len(slot.evidence) > _LONGEST:
            continue
        if _is_ahead(slot.evidence) and _is_behind(slot.claim, slot.evidence):
            return (_finding(slot, "is still to come", "has happened"),)
        if _is_ahead(slot.claim) and _is_behind(slot.evidence, slot.claim):
            return (_finding(slot, "has happened", "is still to come"),)
    return ()


def _is_ahead(words: Sequence[Word]) -> bool:
    return any(w.key in _AHEAD for w in words)


def _is_behind(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """A past form and nothing that leaves it open; of other verbs only the past of one that stands opposite."""
    if any(w.key in _OPEN for w in words):
        return False
    opposite = {w.lemma for w in others}
    return any(
        w.key in _BEHIND or (w.lemma in opposite and w.key != w.lemma and not w.key.endswith(("s", "ing")))
        for w in words
    )


def _finding(slot: Slot, told: str, said: str) -> Finding:
    words = " ".join(w.text for w in slot.evidence)
    return Finding("tense", f'in the evidence it {told} ("{words}"), in the sentence it {said}', refutes=True)
