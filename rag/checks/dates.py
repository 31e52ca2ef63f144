"""Every weekday, day, month and year a claim names must be one its evidence names."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.align import align
from rag.language.quantities import quantities_of
from rag.language.times import When, whens_of
from rag.language.words import words_of
from rag.types import Finding


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """A finding for each time in the claim that the evidence does not give, or gives elsewhere."""
    theirs = whens_of(evidence)
    missing = [
        when
        for when in whens_of(claim)
        if not _held(when, theirs) and not _is_a_number_of(when, evidence) and not _is_in_small_letters(when, evidence)
    ]
    findings = [_finding(when, theirs) for when in missing]
    named = {when.value for when in missing}
    findings.extend(_swapped(claim, evidence, named))
    return tuple(findings)


def _is_a_number_of(ours: When, evidence: str) -> bool:
    """A count such as 1,950 votes, which without its mark looks like a year."""
    return ours.kind == "year" and any((int(q.value),) == ours.value for q in quantities_of(evidence))


def _is_in_small_letters(ours: When, evidence: str) -> bool:
    """Where nothing has a capital letter, a month's name may look like another word ("in a march poll")."""
    return ours.kind == "month" and evidence == evidence.lower() and ours.text in {w.text for w in words_of(evidence)}


def _held(ours: When, theirs: Sequence[When]) -> bool:
    for other in theirs:
        if ours.kind == other.kind and ours.value == other.value:
            return True
        if ours.kind == "month" and other.kind == "day" and other.value[0] == ours.value[0]:
            return True
        if ours.kind == "decade" and other.kind == "year" and _decade(other) == ours.value[0]:
            return True
    return False


def _decade(year: When) -> int:
    value = year.value[0]
    return value // 10 * 10 if isinstance(value, int) else -1


def _finding(ours: When, theirs: Sequence[When]) -> Finding:
    rivals = [w for w in theirs if w.kind == ours.kind or {w.kind, ours.kind} == {"day", "month"}]
    if not rivals:
        return Finding("dates", f"date {ours.text} is not in the evidence")
    says = " and ".join(dict.fromkeys(w.text for w in rivals))
    return Finding("dates", f"date {ours.text} is not in the evidence (it says {says})", refutes=True)


def _swapped(claim: str, evidence: str, known: set[tuple[int | str, ...]]) -> list[Finding]:
    """A time that the evidence does give, but for something else: same words around, another time between."""
    findings: list[Finding] = []
    ours, theirs = whens_of(claim), whens_of(evidence)
    words, others = words_of(claim), words_of(evidence)
    for slot in align(claim, evidence).slots:
        if slot.context < 4 or not slot.claim or not slot.evidence:
            continue
        mine = [w for w in ours if any(words[i] in slot.claim for i in range(w.first, w.last + 1))]
        its = [w for w in theirs if any(others[i] in slot.evidence for i in range(w.first, w.last + 1))]
        for a in mine:
            if a.value in known or not its or any(_held(a, [b]) for b in its):
                continue
            rival = its[0]
            if rival.kind == a.kind:
                findings.append(Finding("dates", f"the evidence says {rival.text} here, not {a.text}", refutes=True))
    return findings
