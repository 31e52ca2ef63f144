"""Cluster bootstrap of weighted means and their paired differences, seeded so that the same data give the same draws.

Cases of one story are not independent, so whole stories are resampled with replacement (the cluster bootstrap of Field
and Welsh 2007). Intervals are percentile intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evals.statistics.rates import wilson
from evals.types import Interval

RESAMPLES = 2000
SEED = 20_260_504

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Sample:
    """Values, weights and cluster names, one of each per case."""

    values: Sequence[float]
    weights: Sequence[float]
    clusters: Sequence[str]


def weighted_mean(sample: Sample) -> float:
    """The sum of weight times value, divided by the sum of weights."""
    values, weights = np.asarray(sample.values), np.asarray(sample.weights)
    return float(values @ weights / weights.sum())


def interval(sample: Sample) -> Interval:
    """The weighted mean with its 95 % percentile interval.

    If there is only one story, or all stories have the same mean, every resample gives the same value. For values
    between 0 and 1 the interval is then Wilson's for as many yes/no trials as there are stories. So 40 of 40 is not
    reported as certain, nor is 4 of 5 from a single story. A yes/no variable has the largest variance of all variables
    on [0, 1] with a given mean, so this is conservative for values in between. Other values get a zero-width interval.

    In simulations with 20 to 150 stories of 1 to 4 yes/no cases and true shares of 0.5 to 0.98, the interval covered
    the true share in 90 to 100 % of the trials; the lowest figures are for shares near 1 with several cases per story.
    """
    mean = weighted_mean(sample)
    stories = _alike(sample)
    if stories:
        bounds = wilson(mean * stories, stories)
        return Interval(mean, bounds.low, bounds.high)
    low, high = np.quantile(resampled_means(sample), [0.025, 0.975])
    return Interval(mean, float(low), float(high))


def plausible_means(sample: Sample) -> Floats:
    """Draws that represent the uncertainty of the mean, shape (RESAMPLES,).

    They are bootstrap draws. Where those cannot vary (see ``interval``), they come from the Jeffreys posterior of a
    share with one yes/no trial per story.
    """
    stories = _alike(sample)
    if not stories:
        return resampled_means(sample)
    hits = weighted_mean(sample) * stories
    return np.random.default_rng(SEED).beta(hits + 0.5, stories - hits + 0.5, size=RESAMPLES)


def _alike(sample: Sample) -> int:
    """The number of stories if all values are between 0 and 1 and all stories have the same mean; else 0."""
    if min(sample.values) < 0 or max(sample.values) > 1:
        return 0
    totals, weights = cluster_sums(sample).T
    return len(totals) if np.allclose(totals * weights.sum(), weights * totals.sum(), rtol=0, atol=1e-9) else 0


def resampled_means(sample: Sample, resamples: int = RESAMPLES, seed: int = SEED) -> Floats:
    """The weighted mean in each of ``resamples`` resamples of the clusters, shape (resamples,)."""
    sums = cluster_sums(sample)
    drawn = _draws(len(sums), resamples, seed)
    totals = drawn @ sums
    return np.asarray(totals[:, 0] / totals[:, 1])


def resampled_statistic(clusters: Sequence[str], value: Callable[[Places], float], resamples: int = 1000) -> Floats:
    """A statistic in each resample of whole clusters, shape (resamples,).

    ``value`` gets the drawn items as indices. A draw is NaN if ``value`` returns NaN or raises ValueError.
    """
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    order = np.argsort(place, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(place))[:-1])
    random = np.random.default_rng(SEED)
    draws = []
    for _ in range(resamples):
        drawn = np.concatenate([members[i] for i in random.integers(len(names), size=len(names))])
        try:
            draws.append(value(drawn))
        except ValueError:
            draws.append(np.nan)
    return np.array(draws)


def cluster_sums(sample: Sample) -> Floats:
    """The sum of weight times value and the sum of weights of each cluster, shape (clusters, 2)."""
    _, place = np.unique(np.asarray(sample.clusters), return_inverse=True)
    weights = np.asarray(sample.weights, dtype=np.float64)
    values = np.asarray(sample.values, dtype=np.float64)
    return np.stack([np.bincount(place, weights * values), np.bincount(place, weights)], axis=1)


def _draws(clusters: int, resamples: int, seed: int) -> Floats:
    """How often each cluster is drawn in each resample, shape (resamples, clusters); rows sum to ``clusters``."""
    random = np.random.default_rng(seed)
    return random.multinomial(clusters, np.full(clusters, 1 / clusters), size=resamples).astype(np.float64)


def resampled_differences(before: Sample, after: Sample) -> Floats:
    """Bootstrap draws of the mean after minus the mean before, with the same stories drawn for both.

    The samples hold the same cases in the same order; a case that does not count on one side has weight 0 there. Draws
    in which no case counts on one side are left out, so there may be fewer than RESAMPLES.
    """
    sums = np.hstack([cluster_sums(before), cluster_sums(after)])
    totals = _draws(len(sums), RESAMPLES, SEED) @ sums
    defined = totals[(totals[:, 1] > 0) & (totals[:, 3] > 0)]
    return np.asarray(defined[:, 2] / defined[:, 3] - defined[:, 0] / defined[:, 1])


def standard_error(draws: Floats) -> float:
    """The standard deviation of bootstrap draws (at least two)."""
    return float(draws.std(ddof=1))
