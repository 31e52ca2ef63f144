"""Check that what the evidence expects has not happened in the claim, and the reverse.

"has reopened" against "will reopen" is a finding; "is to close" against "will close" is not.

Leaves out: future without "will" or "shall", present tense, and differences outside otherwise equal words.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.checks.finding import Finding
from rag.language.align import Slot, align
from rag.language.words import Word
from rag.lexicon import word_set

# Auxiliaries of the future.
_AHEAD = word_set("will shall")
# Words of an event that has not happened yet.
_OPEN = word_set("will shall would to going may might can could should must plan plans planned set due expected")
# Auxiliaries of the past.
_BEHIND = word_set("has have had was were did")
# The most words of a difference on each side.
_LONGEST = 4
# The fewest equal words around it.
_CONTEXT = 4


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding where the words around are equal but "will" is on one side and a past form on the other."""
    for slot in align(claim, evidence).slots:
        if slot.context < _CONTEXT or len(slot.claim) > _LONGEST or len(slot.evidence) > _LONGEST:
            continue
        if _is_future(slot.evidence) and _is_past(slot.claim, slot.evidence):
            return (_finding(slot, "is still to come", "has happened"),)
        if _is_future(slot.claim) and _is_past(slot.evidence, slot.claim):
            return (_finding(slot, "has happened", "is still to come"),)
    return ()


def _is_future(words: Sequence[Word]) -> bool:
    return any(w.key in _AHEAD for w in words)


def _is_past(words: Sequence[Word], others: Sequence[Word]) -> bool:
    """Whether there is a past form and no word that leaves the event open.

    Of verbs other than auxiliaries, only the past form of a verb on the other side counts.
    """
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
