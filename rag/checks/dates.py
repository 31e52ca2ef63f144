"""Check that the evidence gives every weekday, day, month, year and relative time of a claim.

- a time the evidence does not give: "on 5 May" against "on 4 May"
- a time it gives for something else: the same words around it, another time between them
- another name of the same day is accepted, by the day of publication: "4 May" for "Tuesday"

Leaves out: periods ("two weeks later") and clock times, which ``rag.checks.numbers`` compares.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.checks.finding import Finding
from rag.language.align import align
from rag.language.calendar import Dated, resolved_times, year_after
from rag.language.quantities import quantities_of
from rag.language.times import When, whens_of
from rag.language.words import words_of


def check(claim: str, evidence: str, published: date | None = None) -> tuple[Finding, ...]:
    """Return a finding for each time of the claim that the evidence does not give, or gives for something else.

    ``published`` is the day the evidence was published. Without it, a weekday neither supports nor refutes a date.
    """
    theirs, in_evidence, in_claim = (
        whens_of(evidence),
        resolved_times(evidence, published),
        resolved_times(claim, published),
    )
    missing = [
        ours
        for n, ours in enumerate(in_claim)
        if not _is_given(ours.when, theirs)
        and not _is_same_day(n, in_claim, in_evidence)
        and not _is_count_in(ours.when, evidence)
        and not _is_in_lower_case(ours.when, evidence)
    ]
    findings = [_finding(ours.when, in_evidence) for ours in missing]
    named = {ours.when.value for ours in missing}
    findings.extend(_swapped(claim, evidence, in_claim, in_evidence, named))
    return tuple(findings)


def _is_same_day(n: int, in_claim: Sequence[Dated], in_evidence: Sequence[Dated]) -> bool:
    """Whether the evidence means the claim's time by another name.

    A weekday that contradicts a weekday of the evidence is never accepted because of another date. A year or a month is
    accepted only as part of a day that is accepted.
    """
    whens = [time.when for time in in_claim]
    ours, days = whens[n], {day for time in in_evidence for day in time.days}
    kinds = {time.when.kind for time in in_evidence}
    match ours.kind:
        case "day":
            full = year_after(whens, n)
            return any((day.month, day.day) == ours.value and full in {None, day.year} for day in days)
        case "weekday":
            return "weekday" not in kinds and any(day.weekday() == ours.value[0] for day in days)
        case "month":
            return not kinds & {"day", "month"} and any(day.month == ours.value[0] for day in days)
        case "year":
            is_behind = n > 0 and year_after(whens, n - 1) is not None
            return is_behind and any((*whens[n - 1].value, ours.value[0]) == (d.month, d.day, d.year) for d in days)
        case _:
            return False


def _is_count_in(ours: When, evidence: str) -> bool:
    """Whether the evidence has the year as a count: 1,950 votes without the comma looks like a year."""
    return ours.kind == "year" and any((int(q.value),) == ours.value for q in quantities_of(evidence))


def _is_in_lower_case(ours: When, evidence: str) -> bool:
    """Whether the evidence is all lower case and has the month as a plain word: "in a march poll"."""
    return ours.kind == "month" and evidence == evidence.lower() and ours.text in {w.text for w in words_of(evidence)}


def _is_given(ours: When, theirs: Sequence[When]) -> bool:
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


def _finding(ours: When, in_evidence: Sequence[Dated]) -> Finding:
    rivals = [time for time in in_evidence if _rivals(ours, time)]
    if not rivals:
        return Finding("dates", f"date {ours.text} is not in the evidence")
    says = " and ".join(dict.fromkeys(_wording(time, ours) for time in rivals))
    return Finding("dates", f"date {ours.text} is not in the evidence (it says {says})", refutes=True)


def _rivals(ours: When, time: Dated) -> bool:
    kinds = {ours.kind, time.when.kind}
    return len(kinds) == 1 or kinds == {"day", "month"} or (kinds == {"day", "weekday"} and bool(time.days))


def _wording(time: Dated, ours: When) -> str:
    if time.when.kind == ours.kind or not time.days:
        return time.when.text
    shown = " or ".join(f"{day:%A} {day.day} {day:%B %Y}" for day in time.days)
    return f"{time.when.text}, {shown}"


def _swapped(
    claim: str, evidence: str, ours: Sequence[Dated], theirs: Sequence[Dated], known: set[tuple[int | str, ...]]
) -> list[Finding]:
    """Return findings for times that the evidence gives for something else: same words around, another time between."""
    findings: list[Finding] = []
    words, others = words_of(claim), words_of(evidence)
    for slot in align(claim, evidence).slots:
        if slot.context < 4 or not slot.claim or not slot.evidence:
            continue
        mine = [t for t in ours if any(words[i] in slot.claim for i in range(t.when.first, t.when.last + 1))]
        its = [t for t in theirs if any(others[i] in slot.evidence for i in range(t.when.first, t.when.last + 1))]
        for n, a in enumerate(mine):
            if (
                a.when.value in known
                or not its
                or any(_is_given(a.when, [b.when]) for b in its)
                or _is_same_day(n, mine, its)
            ):
                continue
            rival = its[0]
            if _rivals(a.when, rival):
                says = _wording(rival, a.when)
                findings.append(Finding("dates", f"the evidence says {says} here, not {a.when.text}", refutes=True))
    return findings
