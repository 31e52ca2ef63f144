"""Comparison of two runs: which measures changed, whether significantly, and which cases got worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.measures.all import BY_NAME
from evals.statistics.bootstrap import Sample, weighted_mean
from evals.statistics.paired import Difference, Paired, compare, holm

LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Worse:
    """A case that scores worse than before on a measure."""

    case_id: str
    measure: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in two runs, on the cases they share.

    ``p_value`` is adjusted by Holm's method over all measures compared.
    """

    measure: str
    before: float
    after: float
    difference: Difference
    p_value: float

    @property
    def significant(self) -> bool:
        """Whether the change is significant at a family-wise error rate of 5 % over all measures compared."""
        return self.p_value < LEVEL

    @property
    def for_the_worse(self) -> bool:
        """Whether the measure changed in its bad direction."""
        change = self.difference.change.value
        return change > 0 if BY_NAME[self.measure].lower_is_better else change < 0


@dataclass(frozen=True, slots=True)
class Marks:
    """A run's values and weights by measure and case id, and the ids of all cases asked.

    Cases that a measure could not score are absent from ``values``. A missing weight is 1.
    """

    values: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, Mapping[str, float]]
    asked: frozenset[str]

    def of(self, measure: str, case_id: str) -> tuple[float, float]:
        """Value and weight of a case, both 0 if the measure does not count it."""
        value = self.values.get(measure, {}).get(case_id)
        return (0.0, 0.0) if value is None else (value, self.weights.get(measure, {}).get(case_id, 1.0))


NOTHING = Marks({}, {}, frozenset())


def changes(before: Marks, after: Marks, stories: Mapping[str, str], measures: Iterable[str]) -> list[Change]:
    """The change of each measure that both runs have, in the order given.

    A measure is compared on the cases that count in both runs. A pooled measure is compared on all cases that both
    runs were asked: a question that was answered before and is wrongly refused now must count.
    """
    found: dict[str, tuple[Paired, Difference]] = {}
    for name in measures:
        paired = _paired(before, after, stories, name)
        if paired:
            found[name] = paired, compare(paired)
    adjusted = holm({name: difference.p_value for name, (_, difference) in found.items()})
    return [
        Change(name, weighted_mean(paired.before), weighted_mean(paired.after), difference, adjusted[name])
        for name, (paired, difference) in found.items()
    ]


def _paired(before: Marks, after: Marks, stories: Mapping[str, str], measure: str) -> Paired | None:
    in_both = before.values.get(measure, {}).keys() & after.values.get(measure, {}).keys()
    shared = sorted(before.asked & after.asked if BY_NAME[measure].pooled else in_both)
    clusters = [stories.get(case_id, case_id) for case_id in shared]
    old, new = (_sample([marks.of(measure, case_id) for case_id in shared], clusters) for marks in (before, after))
    return Paired(old, new) if any(old.weights) and any(new.weights) else None


def _sample(marks: Sequence[tuple[float, float]], clusters: Sequence[str]) -> Sample:
    return Sample([value for value, _ in marks], [weight for _, weight in marks], clusters)


def worse_cases(before: Marks, after: Marks, measures: Iterable[str]) -> list[Worse]:
    """Every pair of case and measure that scores worse, ordered by case id."""
    found = []
    for name in measures:
        sign = -1 if BY_NAME[name].lower_is_better else 1
        olds, news = before.values.get(name, {}), after.values.get(name, {})
        for case_id in olds.keys() & news.keys():
            old, new = olds[case_id], news[case_id]
            if sign * (new - old) < 0:
                found.append(Worse(case_id, name, old, new))
    return sorted(found, key=lambda one: (one.case_id, one.measure))
