"""Two runs side by side: which measures moved, whether by more than chance, and which cases got worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.measures.all import BY_NAME
from evals.statistics.paired import Difference, Paired, compare, holm

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Worse:
    """A case that scores worse than before."""

    case_id: str
    measure: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in two runs, on the cases both have it for; ``p_value`` is Holm's, over all measures compared."""

    measure: str
    before: float
    after: float
    difference: Difference
    p_value: float

    @property
    def significant(self) -> bool:
        """Whether the change is more than chance at the 5 % level, all measures together."""
        return self.p_value < LEVEL

    @property
    def for_the_worse(self) -> bool:
        """Whether it moved in the wrong direction."""
        change = self.difference.change.value
        return change > 0 if BY_NAME[self.measure].minus else change < 0


Values = Mapping[str, Mapping[str, float]]
"""Measure to case id to value."""


def changes(before: Values, after: Values, stories: Mapping[str, str], measures: Iterable[str]) -> list[Change]:
    """The measures that share a case, in the order given."""
    found: dict[str, tuple[Paired, Difference]] = {}
    for name in measures:
        shared = sorted(before.get(name, {}).keys() & after.get(name, {}).keys())
        if shared:
            old, new = [before[name][c] for c in shared], [after[name][c] for c in shared]
            paired = Paired(old, new, [stories.get(c, c) for c in shared])
            found[name] = paired, compare(paired)
    adjusted = holm({name: difference.p_value for name, (_, difference) in found.items()})
    return [
        Change(name, _mean(paired.before), _mean(paired.after), difference, adjusted[name])
        for name, (paired, difference) in found.items()
    ]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def worse_cases(before: Values, after: Values, measures: Iterable[str]) -> list[Worse]:
    """Every case that scores worse on one of ``measures``, by case."""
    found = []
    for name in measures:
        sign = -1 if BY_NAME[name].minus else 1
        for case_id in before.get(name, {}).keys() & after.get(name, {}).keys():
            old, new = before[name][case_id], after[name][case_id]
            if sign * (new - old) < 0:
                found.append(Worse(case_id, name, old, new))
    return sorted(found, key=lambda one: (one.case_id, one.measure))
