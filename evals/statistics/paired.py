"""Compares two runs on the same cases: McNemar for yes/no measures, paired bootstrap for the rest, Holm over all."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.statistics.bootstrap import Sample, difference_p_value, interval, standard_error
from evals.types import Interval

POWERED = 1.959963984540054 + 0.8416212335729143
"""z(0.975) + z(0.8): a true difference this many standard errors wide is found in 80 % of trials at the 5 % level."""


@dataclass(frozen=True, slots=True)
class Paired:
    """One measure on the cases both runs have it for: ``before``, ``after``, their weights' means, and stories."""

    before: Sequence[float]
    after: Sequence[float]
    clusters: Sequence[str]


@dataclass(frozen=True, slots=True)
class Difference:
    """After minus before: mean with interval, p-value, and the smallest true difference that would likely be seen.

    ``detectable`` is None where one story alone is shared, so that nothing can be said.
    """

    change: Interval
    p_value: float
    test: str
    cases: int
    detectable: float | None


def mcnemar(better: int, worse: int) -> float:
    """Exact two-sided p-value of ``better`` against ``worse`` discordant cases (McNemar 1947, binomial form)."""
    total = better + worse
    if total == 0:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(min(better, worse) + 1))
    return min(1.0, float(2 * tail / 2**total))


def compare(paired: Paired) -> Difference:
    """The difference between two runs on one measure (at least one case)."""
    changes = [after - before for before, after in zip(paired.before, paired.after, strict=True)]
    sample = Sample(changes, [1.0] * len(changes), paired.clusters)
    yes_no = {*paired.before, *paired.after} <= {0.0, 1.0}
    if not any(changes):
        p_value, change = 1.0, Interval(0.0, 0.0, 0.0)
    elif yes_no:
        p_value = mcnemar(sum(c > 0 for c in changes), sum(c < 0 for c in changes))
        change = _change(sample)
    else:
        p_value, change = difference_p_value(sample), _change(sample)
    error = standard_error(sample)
    detectable = POWERED * error if math.isfinite(error) else None
    return Difference(change, p_value, "McNemar" if yes_no else "paired bootstrap", len(changes), detectable)


def _change(sample: Sample) -> Interval:
    """As ``interval``, but a difference of exactly 1 everywhere is left as resampling finds it."""
    if len(set(sample.values)) == 1:
        value = float(sample.values[0])
        return Interval(value, value, value)
    return interval(sample)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's step-down adjusted p-values (Holm 1979): the chance of any false alarm stays at the level chosen."""
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(ordered):
        highest = max(highest, min(1.0, (len(ordered) - place) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}
