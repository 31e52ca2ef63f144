"""Check that the evidence gives every amount of a claim, for the same thing and with the same limit.

- an amount that is missing: "17 died" against "nine died"
- another limit: "17 died" against "at least 17 died"
- another thing: "17 injured" against "17 dead and 71 injured"
- two amounts exchanged: the same words around them, another amount between

Accepted: rounding to two or more digits ("1.2 million" for 1,234,567), "about" within ``_ROUNDING``, a limit that
includes the evidence's amount ("more than 10" for 17), and a small spelled count of listed names ("the two men").

Leaves out: sums and differences of amounts, and conversions between units or currencies.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.checks.finding import Finding
from rag.language.align import align
from rag.language.bounds import Bound
from rag.language.counted import group_near
from rag.language.quantities import Kind, Quantity, quantities_of
from rag.language.times import whens_of
from rag.language.words import Word, words_of

# Limits that leave the exact amount open.
_OPEN = {Bound.AT_LEAST, Bound.MORE, Bound.AT_MOST, Bound.LESS}
# Open limits without an upper end.
_UPWARD = {Bound.AT_LEAST, Bound.MORE}
# The number of a list item: "2. The bridge".
_LIST_MARKER = re.compile(r"^\s*\d{1,2}[.)]\s+(?=[A-Z])")
_ROUNDING = 0.1  # "about 100" covers 90 to 110


def check(claim: str, evidence: str) -> tuple[Finding, ...]:
    """Return a finding for each amount of the claim that the evidence does not support."""
    claim = _LIST_MARKER.sub("", claim)
    theirs = quantities_of(evidence)
    findings: list[Finding] = []
    for ours in quantities_of(claim):
        finding = _against(ours, theirs, claim, evidence)
        if finding:
            findings.append(finding)
    if not findings:
        findings.extend(_swapped(claim, evidence))
    return tuple(findings)


def _against(ours: Quantity, theirs: Sequence[Quantity], claim: str, evidence: str) -> Finding | None:
    rivals = [q for q in theirs if _comparable(ours.kind, q.kind)]
    equal = [q for q in rivals if _same_value(ours, q)]
    if any(_supports(ours, q) for q in rivals):
        return _other_thing(ours, equal, rivals, claim, evidence) if equal else None
    if equal:
        return Finding(
            "numbers", f"the evidence says {_phrase(equal[0])}, the sentence says {_phrase(ours)}", refutes=False
        )
    if _listed(ours, evidence) or any(w.kind == "year" and w.value == (ours.value,) for w in whens_of(evidence)):
        return None
    same_thing = [q for q in rivals if set(q.units[:1]) & set(ours.units[:1]) or q.kind in {Kind.SHARE, Kind.MONEY}]
    says = same_thing or rivals
    if not says:
        return Finding("numbers", f"number {ours.text} is not in the evidence")
    listed = " and ".join(dict.fromkeys(_phrase(q) for q in says[:3]))
    return Finding("numbers", f"number {ours.text} is not in the evidence (it says {listed})", refutes=bool(same_thing))


def _comparable(a: Kind, b: Kind) -> bool:
    if a == b:
        return True
    return (
        {a, b} <= {Kind.COUNT, Kind.MONEY} or {a, b} == {Kind.SHARE, Kind.ORDINAL} or {a, b} == {Kind.COUNT, Kind.CLOCK}
    )


def _same_value(ours: Quantity, theirs: Quantity) -> bool:
    if {ours.kind, theirs.kind} == {Kind.SHARE, Kind.ORDINAL}:  # "a third" and "the third" are hard to tell apart
        return _part(ours) == _part(theirs)
    if {ours.kind, theirs.kind} == {Kind.COUNT, Kind.CLOCK}:
        return ours.text.split()[0] == theirs.text.split()[0]
    tolerance = 0.004 if ours.kind is Kind.SHARE and (ours.spelled or theirs.spelled) else 1e-9 * max(1.0, ours.value)
    return abs(ours.value - theirs.value) <= tolerance or _rounds_to(ours, theirs)


def _part(quantity: Quantity) -> float:
    return round(quantity.value if quantity.kind is Kind.ORDINAL else 1 / (quantity.value or 1), 3)


def _rounds_to(ours: Quantity, theirs: Quantity) -> bool:
    """Whether ours is theirs rounded to two or more digits ("1.2 million" for 1,234,567)."""
    digits = len(f"{ours.value:.10g}".replace(".", "").strip("0"))
    exact = len(f"{theirs.value:.10g}".replace(".", "").strip("0"))
    if digits < 2 or exact <= digits:
        return False
    return float(f"{theirs.value:.{digits}g}") == ours.value


def _supports(ours: Quantity, theirs: Quantity) -> bool:
    same = _same_value(ours, theirs)
    if same and ours.bound == theirs.bound:
        return True
    if ours.bound is Bound.EXACT:
        return same and theirs.bound not in _OPEN
    if ours.bound is Bound.ABOUT:
        return abs(ours.value - theirs.value) <= _ROUNDING * ours.value and (same or _same_thing(ours, theirs))
    return _within(ours, theirs, same=same)


def _within(ours: Quantity, theirs: Quantity, *, same: bool) -> bool:
    """Whether theirs lies within the open limit of ours."""
    if not same and not _same_thing(ours, theirs):
        return False
    upward = ours.bound in _UPWARD
    if theirs.bound in _OPEN and (theirs.bound in _UPWARD) is not upward:
        return False
    if same:
        return theirs.bound is not Bound.EXACT or ours.bound in {Bound.AT_LEAST, Bound.AT_MOST}
    return theirs.value > ours.value if upward else theirs.value < ours.value


def _same_thing(ours: Quantity, theirs: Quantity) -> bool:
    return bool(set(ours.units) & set(theirs.units)) or ours.kind is theirs.kind is Kind.SHARE


def _other_thing(
    ours: Quantity, equal: Sequence[Quantity], rivals: Sequence[Quantity], claim: str, evidence: str
) -> Finding | None:
    """Find an amount that counts something else: 17 injured, where the evidence has 17 dead and 71 injured."""
    if finding := _other_count(ours, equal, rivals, claim, evidence):
        return finding
    unit = ours.units[:1]
    if not unit or any(set(q.units) & set(ours.units) for q in equal) or not all(q.units for q in equal):
        return None
    around = _context(ours, words_of(claim))
    known = max(len(around & _context(q, words_of(evidence))) for q in equal)
    for right in rivals:
        alike = len(around & _context(right, words_of(evidence)))
        if right.units[:1] == unit and not _same_value(ours, right) and alike > max(1, known):
            says = f"{ours.text} stands for something else in the evidence, here it says {_phrase(right)}"
            return Finding("numbers", says, refutes=True)
    return None


def _context(quantity: Quantity, words: Sequence[Word]) -> frozenset[str]:
    """Return the lemmas of the longer words within six words of the amount."""
    near = words[max(0, quantity.first - 6) : quantity.last + 7]
    return frozenset(w.lemma for w in near if len(w.key) > 3 and w.sentence == words[quantity.first].sentence)


def _other_count(
    ours: Quantity, equal: Sequence[Quantity], rivals: Sequence[Quantity], claim: str, evidence: str
) -> Finding | None:
    """Find an amount of another group of things, whatever the words: the injured are not the dead."""
    words = words_of(evidence)
    mine = group_near(ours, words_of(claim))
    its = {group_near(q, words) for q in equal}
    if mine is None or None in its or mine in its:
        return None
    right = [q for q in rivals if group_near(q, words) == mine and not _same_value(ours, q)]
    if not right:
        return None
    return Finding("numbers", f"the evidence counts {_phrase(right[0])} {mine}, not {ours.text}", refutes=True)


def _listed(ours: Quantity, evidence: str) -> bool:
    """Whether a small spelled count ("the two men") may come from counting names in the evidence."""
    small = ours.spelled and ours.kind is Kind.COUNT and ours.value <= 3
    return small and any(w.key == "and" for w in words_of(evidence))


def _phrase(quantity: Quantity) -> str:
    return quantity.text if quantity.bound is Bound.EXACT else f"{quantity.bound} {quantity.text}"


def _swapped(claim: str, evidence: str) -> list[Finding]:
    """Find an amount that the evidence gives elsewhere: the same words around, another amount between."""
    words, others = words_of(claim), words_of(evidence)
    ours, theirs = quantities_of(claim), quantities_of(evidence)
    for slot in align(claim, evidence).slots:
        if slot.context < 4 or not slot.claim or not slot.evidence:
            continue
        mine = [q for q in ours if words[q.first] in slot.claim or words[q.last] in slot.claim]
        its = [q for q in theirs if others[q.first] in slot.evidence or others[q.last] in slot.evidence]
        for a in mine:
            if its and not any(_comparable(a.kind, b.kind) and _same_value(a, b) for b in its):
                return [Finding("numbers", f"the evidence says {its[0].text} here, not {a.text}", refutes=True)]
    return []
