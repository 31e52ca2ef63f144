"""Compares two runs on the same cases: a paired bootstrap, a randomisation test, and Holm over all measures."""

from __future__ import annotations

import itertools
import math
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
"""z(0.975) + z(0.8): a true difference this many standard errors wide is found in 80 % of trials at the 5 % level."""

SWAPS = 9999
"""Random swaps of a test that does not try them all: the p-value is known to about 0.002 at the 5 % level."""
TRIED_ALL = 13
"""Up to so many differing stories, all 2**13 = 8192 swaps are fewer than the random ones."""


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
    cases: int
    detectable: float | None


def compare(paired: Paired) -> Difference:
    """The difference between two runs on one measure (at least one case counts in each)."""
    before, after = paired.before, paired.after
    value = weighted_mean(after) - weighted_mean(before)
    draws = resampled_differences(before, after)
    error = standard_error(draws) if len(set(before.clusters)) > 1 and len(draws) > 1 else math.inf
    detectable = POWERED * error if math.isfinite(error) else None
    cases = sum(bool(a or b) for a, b in zip(before.weights, after.weights, strict=True))
    low, high = np.quantile(draws, [0.025, 0.975]) if len(draws) else (value, value)
    return Difference(Interval(value, float(low), float(high)), swap_p_value(before, after), cases, detectable)


def swap_p_value(before: Sample, after: Sample) -> float:
    """Two-sided p-value that it makes no difference which run is which (Fisher 1935; Smucker and others 2007).

    How often the means would be at least as far apart if the two runs were swapped for some of the stories, a whole
    story at a time. Where every story is one yes/no case that is McNemar's exact test.
    """
    sums = np.stack([cluster_sums(before), cluster_sums(after)])
    differing = np.flatnonzero((sums[0] != sums[1]).any(axis=1))
    swapped = _all_swaps(len(differing)) if len(differing) <= TRIED_ALL else _random_swaps(len(differing))
    moved = swapped @ (sums[1] - sums[0])[differing]
    olds, news = sums[0].sum(axis=0) + moved, sums[1].sum(axis=0) - moved
    defined = (olds[:, 1] > 0) & (news[:, 1] > 0)
    apart = np.abs(news[defined, 0] / news[defined, 1] - olds[defined, 0] / olds[defined, 1])
    return float((apart >= apart[0] - 1e-9).mean())  # the first swaps nothing


def _all_swaps(stories: int) -> Floats:
    """Every choice of stories, shape (2**stories, stories), the empty one first."""
    return np.array(list(itertools.product([0.0, 1.0], repeat=stories)))


def _random_swaps(stories: int) -> Floats:
    """The choice of none and SWAPS random ones, shape (1 + SWAPS, stories)."""
    random = np.random.default_rng(SEED).integers(0, 2, size=(SWAPS, stories))
    return np.vstack([np.zeros(stories), random])


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Holm's step-down adjusted p-values (Holm 1979): the chance of any false alarm stays at the level chosen."""
    ordered = sorted(p_values, key=lambda name: (p_values[name], name))
    adjusted: dict[str, float] = {}
    highest = 0.0
    for place, name in enumerate(ordered):
        highest = max(highest, min(1.0, (len(ordered) - place) * p_values[name]))
        adjusted[name] = highest
    return {name: adjusted[name] for name in p_values}
