"""Figures with intervals for the evidence report: any statistic of items, resampled by whole clusters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evals.statistics.bootstrap import Floats, resampled_statistic
from evals.statistics.ranks import auroc, spearman

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % percentile interval, on ``n`` items."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Scored:
    """What one method made of one set: scores, what people said (true or false, or a rating), clusters."""

    scores: Floats
    gold: Floats
    clusters: tuple[str, ...]

    @property
    def labels(self) -> Flags:
        """What people said, where they said true or false."""
        return self.gold > 0.5


Statistic = Callable[[Floats, Floats], float]


def resampled(scored: Scored, statistic: Statistic) -> Floats:
    """The statistic of scores and gold in each resample of the clusters; NaN where it is not defined."""
    return resampled_statistic(scored.clusters, lambda at: statistic(scored.scores[at], scored.gold[at]))


def figure(scored: Scored, statistic: Statistic) -> Figure:
    """The statistic with its interval."""
    low, high = np.nanquantile(resampled(scored, statistic), [0.025, 0.975])
    return Figure(statistic(scored.scores, scored.gold), float(low), float(high), len(scored.scores))


def mean_figure(parts: Sequence[tuple[Scored, Statistic]]) -> Figure:
    """The mean of a statistic over several sets, each set resampled by itself."""
    draws = np.mean([resampled(scored, statistic) for scored, statistic in parts], axis=0)
    low, high = np.nanquantile(draws, [0.025, 0.975])
    value = float(np.mean([statistic(scored.scores, scored.gold) for scored, statistic in parts]))
    return Figure(value, float(low), float(high), sum(len(scored.scores) for scored, _ in parts))


def balanced_accuracy_at(threshold: float) -> Statistic:
    """Mean of the share of positives at or above the threshold and of negatives below it."""

    def statistic(scores: Floats, gold: Floats) -> float:
        said, labels = scores >= threshold, gold > 0.5
        if labels.all() or not labels.any():
            return float("nan")
        return float((said[labels].mean() + (~said[~labels]).mean()) / 2)

    return statistic


def area(scores: Floats, gold: Floats) -> float:
    """Area under the ROC curve; NaN with one class only."""
    labels = gold > 0.5
    return float("nan") if labels.all() or not labels.any() else auroc(scores, labels)


def correlation(scores: Floats, gold: Floats) -> float:
    """Spearman's rank correlation."""
    return spearman(scores, gold)


def mean(scores: Floats, gold: Floats) -> float:  # noqa: ARG001  (one shape for all statistics)
    """The mean score."""
    return float(scores.mean())


def best_threshold(scores: Floats, gold: Floats) -> float:
    """The threshold with the best balanced accuracy on these items; on a set reported on, an upper bound only."""
    candidates = np.unique(np.quantile(scores, np.linspace(0, 1, 201)))
    values = [balanced_accuracy_at(float(t))(scores, gold) for t in candidates]
    return float(candidates[int(np.nanargmax(values))])
