"""Comparison of two runs on the same cases: paired bootstrap, randomisation test, and Holm's correction."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evals.statistics.bootstrap import (
    SEED,
    Floats,
    Sample,
    cluster_sums,
    resampled_differences,
    standard_error,
    weighted_mean,
)
from evals.types import Interval

POWERED = 1.959963984540054 + 0.8416212335729143
"""z(0.975) + z(0.8): a true difference of this many standard errors is significant at 5 % in 80 % of trials."""

SWAPS = 9999
"""Random swaps if there are too many to try all. The standard error of a p-value of 0.05 is then about 0.002."""
NO_WIDTH = 1e-9
"""Up to this, a standard error is rounding."""
TRIED_ALL = 13
"""Up to this many differing stories all swaps are tried: 2**13 = 8192 is fewer than SWAPS."""


@dataclass(frozen=True, slots=True)
class Paired:
    """One measure in two runs: the same cases in the same order, with their stories as clusters.

    A case that does not count in one run has weight 0 there.
    """

    before: Sample
    after: Sample


@dataclass(frozen=True, slots=True)
class Difference:
    """The change of a measure, after minus before.

    ``change`` has a 95 % bootstrap interval and ``p_value`` is of the randomisation test, before any correction.
    ``cases`` is the number of cases that count in at least one run. ``detectable`` is the smallest true difference that
    would be significant at 5 % in 80 % of such comparisons, uncorrected. If all stories changed alike (or there is only
    one), resampling shows no uncertainty: the interval has no width and ``detectable`` is None.
    """

    change: Interval
    p_value: float
    cases: int
    detectable: float | None


def compare(paired: Paired) -> Difference:
    """Compare two runs on one measure; at least one case must count in each."""
    before, after = paired.before, paired.after
    value = weighted_mean(after) - weighted_mean(before)
    draws = resampled_differences(before, after)
    error = standard_error(draws) if len(draws) > 1 else 0.0
    detectable = POWERED * error if error > NO_WIDTH else None
    cases = sum(bool(a or b) for a, b in zip(before.weights, after.weights, strict=True))
    low, high = np.quantile(draws, [0.025, 0.975]) if len(draws) else (value, value)
    return Difference(Interval(value, float(low), float(high)), swap_p_value(before, after), cases, detectable)


def swap_p_value(before: Sample, after: Sample) -> float:
    """Two-sided p-value of Fisher's randomisation test (Fisher 1935; Smucker, Allan and Carterette 2007).

    The null hypothesis is that the two runs are exchangeable. The p-value is the share of swaps in which the means are
    at least as far apart as observed; a swap exchanges the runs on some stories, always whole stories. All swaps are
    tried for up to TRIED_ALL differing stories, else SWAPS random ones and the observed one. If every story is a single
    yes/no case, trying all swaps is McNemar's exact test.
    """
    sums = np.stack([cluster_sums(before), cluster_sums(after)])
    differing = np.flatnonzero((sums[0] != sums[1]).any(axis=1))
    swapped = _all_swaps(len(differing)) if len(differing) <= TRIED_ALL else _random_swaps(len(differing))
    moved = swapped @ (sums[1] - sums[0])[differing]
    olds, news = sums[0].sum(axis=0) + moved, sums[1].sum(axis=0) - moved
    defined = (olds[:, 1] > 0) & (news[:, 1] > 0)
    apart = np.abs(news[defined, 0] / news[defined, 1] - olds[defined, 0] / olds[defined, 1])
    return float((apart >= apart[0] - 1e-9).mean())  # the first swap is empty, so it holds the observed difference


def _all_swaps(stories: int) -> Floats:
    """Every subset of stories as 0 and 1, shape (2**stories, stories), the empty one first."""
    return np.array(list(itertools.product([0.0, 1.0], repeat=stories)))


def _random_swaps(stories: int) -> Floats:
    """The empty subset and SWAPS random ones, shape (1 + SWAPS, stories)."""
    random = np.random.default_rng(SEED).integers(0, 2, size=(SWAPS, stories))
    return np.vstack([np.zeros(stories), random])


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Adjusted p-values of Holm's step-down method (Holm 1979), which controls the family-wise error rate."""
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(ordered):
        highest = max(highest, min(1.0, (len(ordered) - place) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}
