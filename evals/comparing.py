"""Two runs side by side: which measures moved, whether by more than chance, and which cases got worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.measures.all import BY_NAME
from evals.statistics.bootstrap import Sample, weighted_mean
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


@dataclass(frozen=True, slots=True)
class Marks:
    """A run's measured values by measure and case, their weights where they are not 1, and every case asked."""

    values: Mapping[str, Mapping[str, float]]
    weights: Mapping[str, Mapping[str, float]]
    asked: frozenset[str]

    def of(self, measure: str, case_id: str) -> tuple[float, float]:
        """Value and weight of a case: 0 and 0 where it does not count."""
        value = self.values.get(measure, {}).get(case_id)
        return (0.0, 0.0) if value is None else (value, self.weights.get(measure, {}).get(case_id, 1.0))


NOTHING = Marks({}, {}, frozenset())


def changes(before: Marks, after: Marks, stories: Mapping[str, str], measures: Iterable[str]) -> list[Change]:
    """The measures that both runs have on a case they share, in the order given.

    A measure is compared on the cases that count in both; a pooled one on all that both were asked, so that a question
    that was rightly answered and is now wrongly refused counts.
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
    """Every case that scores worse on one of ``measures``, by case."""
    found = []
    for name in measures:
        sign = -1 if BY_NAME[name].minus else 1
        olds, news = before.values.get(name, {}), after.values.get(name, {})
        for case_id in olds.keys() & news.keys():
            old, new = olds[case_id], news[case_id]
            if sign * (new - old) < 0:
                found.append(Worse(case_id, name, old, new))
    return sorted(found, key=lambda one: (one.case_id, one.measure))
