"""Groups the disputes between cited sources by fact, as shown to the user."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.facts.difference import Topic
from rag.facts.disputes import Dispute
from rag.facts.updates import kind_of, known_on, moment
from rag.types import Citation, Conflict, ConflictKind


def conflicts_of(found: Iterable[Dispute]) -> tuple[Conflict, ...]:
    """Groups the disputes by fact, with the oldest citation first in each conflict.

    The kind is UPDATE if the newest figure says that it corrects the earlier ones or comes later from the same
    outlet, COUNT for other differing figures, and CONFLICT for everything else.
    """
    grouped: dict[tuple[str, ConflictKind | None], list[Dispute]] = {}
    for dispute in found:
        kind = None if dispute.difference.says else kind_of(dispute.older, dispute.newer, dispute.difference)
        grouped.setdefault((dispute.difference.about, kind), []).append(dispute)
    return tuple(_conflict(group) for group in grouped.values())


@dataclass(frozen=True, slots=True)
class _Side:
    """What one citation says on the disputed fact; ``value`` is its figure, if it gives one."""

    citation: Citation
    said: str
    value: float | None

    def same(self, other: _Side) -> bool:
        """Whether both say the same, in digits or in words ("17", "seventeen")."""
        if self.value is not None and other.value is not None:
            return self.value == other.value
        return self.said.casefold() == other.said.casefold()


def _conflict(group: Sequence[Dispute]) -> Conflict:
    sides = _sides(group)
    named = group[0].difference.name
    kinds = [kind_of(dispute.older, dispute.newer, dispute.difference) for dispute in group]
    numbers = tuple(side.citation.number for side in sides)
    says = tuple(side.said for side in sides)
    if not all(says):
        return Conflict(named, kinds[0], numbers)
    if ConflictKind.UPDATE in kinds and (latest := _updating_side(group, sides)):
        former = ", ".join(f"{s.said} ({_day(s.citation)})" for s in _distinct(sides) if not s.same(latest))
        text = f"superseded: {former}; now {latest.said} ({_day(latest.citation)})"
        return Conflict(f"{named}: {text}", ConflictKind.UPDATE, numbers, says)
    rivalry = ConflictKind.COUNT if group[0].difference.topic is Topic.NUMBER else ConflictKind.CONFLICT
    different = _distinct(sides)
    changes = group[0].difference.topic in {Topic.NUMBER, Topic.DATE}
    if not changes or len({_day(side.citation) for side in different}) == 1:
        return Conflict(f"{named}: {' or '.join(side.said for side in different)}", rivalry, numbers, says)
    text = " or ".join(f"{side.said} ({_day(side.citation)})" for side in different)
    return Conflict(f"{named}: {text}", rivalry, numbers, says)


def _sides(group: Iterable[Dispute]) -> list[_Side]:
    """The distinct citations of the disputes, oldest first."""
    found: dict[Citation, _Side] = {}
    for dispute in group:
        says = dispute.difference.says or ("", "")
        values = tuple(fact.amount.value for fact in dispute.difference.figures)
        figures: tuple[float | None, ...] = values or (None, None)
        for citation, said, value in zip((dispute.older, dispute.newer), says, figures, strict=True):
            found.setdefault(citation, _Side(citation, said, value))
    return sorted(found.values(), key=lambda side: moment(side.citation))


def _distinct(sides: Sequence[_Side]) -> list[_Side]:
    """The sides without repetitions; the first to say something is kept."""
    return [side for n, side in enumerate(sides) if not any(side.same(before) for before in sides[:n])]


def _updating_side(group: Sequence[Dispute], sides: Sequence[_Side]) -> _Side | None:
    """The first side that gives the newest value as an update of everything before, or None if there is none.

    A value that recurs after a different one is no update: its sources disagree.
    """
    settled = len(sides) - 1
    while settled and sides[settled - 1].same(sides[-1]):
        settled -= 1
    before, after = sides[:settled], sides[settled:]
    if any(side.same(sides[-1]) for side in before):
        return None
    difference = group[0].difference
    for side in after:
        if all(kind_of(one.citation, side.citation, difference) is ConflictKind.UPDATE for one in before):
            return side
    return None


def _day(citation: Citation) -> str:
    date = known_on(citation)
    return f"{date.day} {date:%B %Y}" if date else "undated"
