"""Which of the figures that reports give leads an answer: the newest, or the one known on the day that is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rag.asked import asks_for_the_latest, is_asked
from rag.certainty import certainty_of
from rag.conflicts import Dispute, kind_of, known_on, moment, says_it_changes
from rag.contents import content
from rag.figures import facts_of
from rag.recency import day_asked
from rag.types import Attribution, Certainty, Citation, Claim, ConflictKind

_FIRM = {Certainty.STATED, Certainty.LIKELY}


def leading_figure(found: Sequence[Dispute], told: Mapping[int, Attribution | None], asked: str) -> Citation | None:
    """The newest of the figures asked for, where one overtakes another for certain.

    Of several that give it, one that tells of the change, and most of what is asked.
    """
    known = max((day for dispute in found if (day := _day(dispute.newer))), default=None)
    if known and (until := day_asked(asked, known)):
        return _newest_by(until, found, told, asked)
    if not asks_for_the_latest(asked):
        return None
    later = [d for d in found if is_asked(d.difference, asked) and _overtakes(d)]
    firm = [d for d in later if certainty_of(d.newer.quote, told[d.newer.number]) in _FIRM]
    if not firm:
        return None
    latest = _newer_figure(max(firm, key=lambda dispute: moment(dispute.newer)))
    same = [dispute.newer for dispute in firm if _newer_figure(dispute) == latest]
    return max(same, key=lambda c: (says_it_changes(c.quote), len(content(asked) & content(c.quote)), *moment(c)))


def newer_first(claims: Sequence[Claim], found: Sequence[Dispute], asked: str) -> tuple[Claim, ...]:
    """The claims, none that is superseded by another before that one, whatever is asked but for the past."""
    ordered = list(claims)
    if not asks_for_the_latest(asked):
        return tuple(ordered)
    for dispute in found:
        if kind_of(dispute.older, dispute.newer, dispute.difference) is not ConflictKind.UPDATE:
            continue
        older = next((n for n, claim in enumerate(ordered) if dispute.older.number in claim.citations), len(ordered))
        newer = next((n for n, claim in enumerate(ordered) if dispute.newer.number in claim.citations), -1)
        if older < newer:
            ordered.insert(older, ordered.pop(newer))
    return tuple(ordered)


def _newest_by(
    until: date, found: Sequence[Dispute], told: Mapping[int, Attribution | None], asked: str
) -> Citation | None:
    """The newest of the figures asked for that was known on a day."""
    about = [dispute for dispute in found if is_asked(dispute.difference, asked)]
    known = [d.newer for d in about if _overtakes(d)] + [d.older for d in about if (_day(d.newer) or until) > until]
    firm = [c for c in known if (_day(c) or until) <= until and certainty_of(c.quote, told[c.number]) in _FIRM]
    return max(firm, key=moment, default=None)


def _day(citation: Citation) -> date | None:
    known = known_on(citation)
    return known.date() if known else None


def _newer_figure(dispute: Dispute) -> float | str:
    difference = dispute.difference
    return difference.figures[1].amount.value if difference.figures else difference.says[1].casefold()


def _overtakes(dispute: Dispute) -> bool:
    """The newer figure takes the older one's place: it says so, or is a day or more younger."""
    kind = kind_of(dispute.older, dispute.newer, dispute.difference)
    older, newer = dispute.older.published, dispute.newer.published
    is_later = bool(older and newer and newer - older >= timedelta(days=1))
    return kind is ConflictKind.UPDATE or (kind is ConflictKind.COUNT and is_later and _stands(dispute.newer.quote))


def _stands(quote: str) -> bool:
    """It says itself what it counts, and is no count that somebody sets against another ("police speak of 3,500")."""
    return any(fact.counts for fact in facts_of(quote))
