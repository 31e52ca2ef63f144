"""A claim must not be surer than its evidence: "may", "allegedly", "is expected to" are kept."""

from __future__ import annotations

from collections.abc import Sequence

from rag.hedges import Hedge, hedges_of
from rag.language.align import align
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.light import EMPTY
from rag.types import Certainty, Finding

_DOUBT = {Certainty.STATED: 0, Certainty.LIKELY: 1, Certainty.POSSIBLE: 2, Certainty.ALLEGED: 2, Certainty.DENIED: 3}
_REPORTS = word_set(
    "say says said according claim claims claimed told tells believe believes believed accuse accused charge charged "
    "suspect suspected warn warned warns report reported reports allege alleged think thinks argue argues argued"
)
_OPINIONS = word_set("believe think suggest expect suspect")
_REACH = 10
_ENOUGH = 0.7


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """A finding where words the evidence limits stand in the claim without any limit."""
    theirs = hedges_of(evidence)
    if not theirs:
        return ()
    return _left_out(claim, evidence, theirs) or _out_of_scope(claim, evidence, theirs)


def _left_out(claim: str, evidence: str, theirs: Sequence[Hedge]) -> tuple[Finding, ...]:
    """The limiting word is missing between words that otherwise run alike."""
    others = words_of(evidence)
    for slot in align(claim, evidence).slots:
        if slot.context < 3 or not slot.after or len(slot.claim) > 4 or len(slot.evidence) > 5:
            continue
        if not slot.before and not slot.claim and len(slot.evidence) > 2:
            continue  # the claim merely begins later
        for hedge in theirs:
            if not any(w in slot.evidence for w in others[hedge.first : hedge.last + 1]):
                continue
            if _is_told_as_said(hedge, others, slot.claim) or _is_kept(hedge, others, words_of(claim)):
                continue
            same_verb = any(w.lemma == others[hedge.first].lemma for w in slot.claim)
            if not same_verb and not _is_elsewhere(hedge, claim, evidence):
                return (_finding(hedge),)
    return ()


def _is_told_as_said(hedge: Hedge, others: Sequence[Word], words: Sequence[Word]) -> bool:
    """Somebody's opinion is told as what somebody says ("she thinks", "she says"): no surer than the evidence."""
    return others[hedge.first].lemma in _OPINIONS and any(w.key in _REPORTS for w in words)


def _is_kept(hedge: Hedge, others: Sequence[Word], words: Sequence[Word]) -> bool:
    """The weighty word of a limiting phrase stands in the claim ("at risk of", "the risk of")."""
    if hedge.first == hedge.last:
        return False
    own = {w.key for w in others[hedge.first : hedge.last + 1] if len(w.key) > 3 and w.key not in EMPTY}
    return any(w.key in own for w in words)


def _is_elsewhere(hedge: Hedge, claim: str, evidence: str) -> bool:
    """The claim puts an equally doubtful word in at this or another place ("he is possibly", "possibly he is")."""
    kept = {words_of(claim)[h.first].place for h in hedges_of(claim) if _DOUBT[h.certainty] >= _DOUBT[hedge.certainty]}
    return any(w.place in kept for slot in align(claim, evidence).slots for w in slot.claim)


def _out_of_scope(claim: str, evidence: str, theirs: Sequence[Hedge]) -> tuple[Finding, ...]:
    """The words a hedge governs are in the claim, and nothing there limits them or says whose words they are."""
    words = words_of(claim)
    lemmas = {w.lemma for w in words}
    if any(_DOUBT[h.certainty] for h in hedges_of(claim)):
        weakest = max(_DOUBT[h.certainty] for h in hedges_of(claim))
    else:
        weakest = 0
    others = words_of(evidence)
    for hedge in theirs:
        doubt = _DOUBT[hedge.certainty]
        if weakest >= doubt or (weakest and doubt - weakest <= 1):
            continue
        if hedge.certainty is Certainty.ALLEGED and any(w.key in _REPORTS for w in words):
            continue
        if _is_told_as_said(hedge, others, words) or _is_kept(hedge, others, words):
            continue
        scope = _scope(others, hedge)
        if (
            len(scope) >= 3
            and sum(w.lemma in lemmas for w in scope) >= _ENOUGH * len(scope)
            and _said_plainly(scope, others, words)
        ):
            return (_finding(hedge),)
    return ()


def _said_plainly(scope: Sequence[Word], others: Sequence[Word], words: Sequence[Word]) -> bool:
    """The evidence does not say the same elsewhere without the limit."""
    inside = {w.place for w in scope}
    elsewhere = {w.lemma for w in others if w.place not in inside}
    used = {w.lemma for w in words}
    return not all(w.lemma in elsewhere for w in scope if w.lemma in used)


def _scope(words: Sequence[Word], hedge: Hedge) -> list[Word]:
    clause = words[hedge.last].clause
    after = [w for w in words[hedge.last + 1 : hedge.last + 1 + _REACH] if w.clause == clause]
    return [w for w in after if w.key not in EMPTY]


def _finding(hedge: Hedge) -> Finding:
    return Finding("hedges", f'the evidence says "{hedge.text}" ({hedge.certainty}), the sentence states it as fact')
