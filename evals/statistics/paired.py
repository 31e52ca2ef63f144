"""Compares two runs on the same cases: McNemar for yes/no measures, paired bootstrap for the rest, Holm over all."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evals.statistics.bootstrap import (
    Sample,
    difference_p_value,
    resampled_differences,
    standard_error,
    weighted_mean,
)
from evals.types import Interval

POWERED = 1.959963984540054 + 0.8416212335729143
"""z(0.975) + z(0.8): a true difference this many standard errors wide is found in 80 % of trials at the 5 % level."""


@dataclass(frozen=True, slots=True)
class Paired:
    """One measure in two runs: the same cases in the same order, with their stories as clusters.

    A case that does not count in one of them has weight 0 there.
    """

    before: Sample
    after: Sample


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
    """The difference between two runs on one measure (at least one case counts in each).

    Yes/no measures on which every case counts once are tested by McNemar's test, all others by the paired bootstrap.
    """
    before, after = paired.before, paired.after
    counted = {*before.weights, *after.weights} == {1.0}
    yes_no = counted and {*before.values, *after.values} <= {0.0, 1.0}
    test = "McNemar" if yes_no else "paired bootstrap"
    value = weighted_mean(after) - weighted_mean(before)
    draws = resampled_differences(before, after)
    error = standard_error(draws) if len(set(before.clusters)) > 1 and len(draws) > 1 else math.inf
    detectable = POWERED * error if math.isfinite(error) else None
    cases = sum(bool(a or b) for a, b in zip(before.weights, after.weights, strict=True))
    if tuple(before.values) == tuple(after.values) and tuple(before.weights) == tuple(after.weights):
        return Difference(Interval(0.0, 0.0, 0.0), 1.0, test, cases, detectable)
    if yes_no:
        moves = [new - old for old, new in zip(before.values, after.values, strict=True)]
        p_value = mcnemar(sum(move > 0 for move in moves), sum(move < 0 for move in moves))
    else:
        p_value = difference_p_value(draws)
    low, high = np.quantile(draws, [0.025, 0.975]) if len(draws) else (value, value)
    return Difference(Interval(value, float(low), float(high)), p_value, test, cases, detectable)


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's step-down adjusted p-values (Holm 1979): the chance of any false alarm stays at the level chosen."""
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(ordered):
        highest = max(highest, min(1.0, (len(ordered) - place) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}
