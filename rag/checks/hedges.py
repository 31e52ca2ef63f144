"""Check that a claim is not more certain than its evidence.

- the hedge is missing between equal words: "will close" for "may close"
- the words that a hedge governs are in the claim without any hedge, wherever they are
- "will" or "must" stands where the evidence has "can", "could", "may" or "might", in whatever sense: "she will find no
  letters" for "she could find no letters", which is no hedge

An equally doubtful word in another place is accepted ("possibly he is" for "he is possibly"), and so is an opinion that
the claim reports as said ("she says" for "she thinks").

Leaves out: claims that are less certain than the evidence, and hedges that are not in ``rag.lexicon.hedges``.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.checks.finding import Finding
from rag.language.align import align
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.light import EMPTY
from rag.stance.hedges import Hedge, hedges_of
from rag.types import Certainty

# How doubtful each certainty is; only the order counts.
_DOUBT = {Certainty.STATED: 0, Certainty.LIKELY: 1, Certainty.POSSIBLE: 2, Certainty.ALLEGED: 2, Certainty.DENIED: 3}
# Words of a claim that reports somebody; it keeps an allegation as an allegation.
_REPORTS = word_set(
    "say says said according claim claims claimed told tells believe believes believed accuse accused charge charged "
    "suspect suspected warn warned warns report reported reports allege alleged think thinks argue argues argued"
)
# Lemmas of hedges that are somebody's opinion.
_OPINIONS = word_set("believe think suggest expect suspect")
_OPEN_MODALS = word_set("can could may might")
_FIRM_MODALS = word_set("will shall must")
# Words after a hedge that it governs, at most to the end of its clause.
_REACH = 10
# Share of the governed content words that must be in the claim.
_ENOUGH = 0.7


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding where the evidence hedges words that the claim states without a hedge."""
    if replaced := _modal_replaced(claim, evidence):
        return replaced
    theirs = hedges_of(evidence)
    if not theirs:
        return ()
    return _left_out(claim, evidence, theirs) or _stated_without_hedge(claim, evidence, theirs)


def _modal_replaced(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Find a firm modal verb in the place of an open one, between words that are otherwise equal."""
    for slot in align(claim, evidence).slots:
        open_modals = [w for w in slot.evidence if w.key in _OPEN_MODALS]
        firm = [w for w in slot.claim if w.key in _FIRM_MODALS]
        if slot.context >= 3 and open_modals and firm and not any(w.key in _OPEN_MODALS for w in slot.claim):
            return (Finding("hedges", f'the evidence says "{open_modals[0].text}", the sentence "{firm[0].text}"'),)
    return ()


def _left_out(claim: str, evidence: str, theirs: Sequence[Hedge]) -> tuple[Finding, ...]:
    """Find a hedge that is missing between words that are otherwise equal."""
    others = words_of(evidence)
    for slot in align(claim, evidence).slots:
        if slot.context < 3 or not slot.after or len(slot.claim) > 4 or len(slot.evidence) > 5:
            continue
        if not slot.before and not slot.claim and len(slot.evidence) > 2:
            continue  # the claim merely begins later
        for hedge in theirs:
            if not any(w in slot.evidence for w in others[hedge.first : hedge.last + 1]):
                continue
            if _is_opinion_reported(hedge, others, slot.claim) or _is_kept(hedge, others, words_of(claim)):
                continue
            same_verb = any(w.lemma == others[hedge.first].lemma for w in slot.claim)
            if not same_verb and not _is_hedged_elsewhere(hedge, claim, evidence):
                return (_finding(hedge),)
    return ()


def _is_opinion_reported(hedge: Hedge, others: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the claim reports an opinion as said ("she says" for "she thinks"), which is no more certain."""
    return others[hedge.first].lemma in _OPINIONS and any(w.key in _REPORTS for w in words)


def _is_kept(hedge: Hedge, others: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the claim keeps a content word of the hedge ("the risk of" for "at risk of")."""
    if hedge.first == hedge.last:
        return False
    own = {w.key for w in others[hedge.first : hedge.last + 1] if len(w.key) > 3 and w.key not in EMPTY}
    return any(w.key in own for w in words)


def _is_hedged_elsewhere(hedge: Hedge, claim: str, evidence: str) -> bool:
    """Whether the claim has an equally doubtful hedge in another place ("possibly he is" for "he is possibly")."""
    kept = {words_of(claim)[h.first].place for h in hedges_of(claim) if _DOUBT[h.certainty] >= _DOUBT[hedge.certainty]}
    return any(w.place in kept for slot in align(claim, evidence).slots for w in slot.claim)


def _stated_without_hedge(claim: str, evidence: str, theirs: Sequence[Hedge]) -> tuple[Finding, ...]:
    """Find a claim with the words a hedge governs, but without any hedge or speaker."""
    words = words_of(claim)
    lemmas = {w.lemma for w in words}
    most_doubtful = max((_DOUBT[h.certainty] for h in hedges_of(claim)), default=0)
    others = words_of(evidence)
    for hedge in theirs:
        doubt = _DOUBT[hedge.certainty]
        if most_doubtful >= doubt or (most_doubtful and doubt - most_doubtful <= 1):
            continue
        if hedge.certainty is Certainty.ALLEGED and any(w.key in _REPORTS for w in words):
            continue
        if _is_opinion_reported(hedge, others, words) or _is_kept(hedge, others, words):
            continue
        scope = _scope(others, hedge)
        if (
            len(scope) >= 3
            and sum(w.lemma in lemmas for w in scope) >= _ENOUGH * len(scope)
            and _is_only_hedged(scope, others, words)
        ):
            return (_finding(hedge),)
    return ()


def _is_only_hedged(scope: Sequence[Word], others: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the evidence does not also state the same words elsewhere without the hedge."""
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
