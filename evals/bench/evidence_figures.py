"""Statistics with 95 % cluster-bootstrap intervals, for the reports on the evidence model."""

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
    """A value computed on ``n`` items, with its 95 % percentile interval."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of a method on a data set, with gold labels (0 or 1) or ratings, and the cluster of each item."""

    scores: Floats
    gold: Floats
    clusters: tuple[str, ...]

    @property
    def labels(self) -> Flags:
        """The gold labels as booleans."""
        return self.gold > 0.5


Statistic = Callable[[Floats, Floats], float]


def resampled(scored: Scored, statistic: Statistic) -> Floats:
    """The statistic in each bootstrap resample of the clusters; NaN where it is undefined."""
    return resampled_statistic(scored.clusters, lambda at: statistic(scored.scores[at], scored.gold[at]))


def figure(scored: Scored, statistic: Statistic) -> Figure:
    """The statistic with its bootstrap interval."""
    low, high = np.nanquantile(resampled(scored, statistic), [0.025, 0.975])
    return Figure(statistic(scored.scores, scored.gold), float(low), float(high), len(scored.scores))


def mean_figure(parts: Sequence[tuple[Scored, Statistic]]) -> Figure:
    """The mean of a statistic over several data sets, each resampled separately."""
    draws = np.mean([resampled(scored, statistic) for scored, statistic in parts], axis=0)
    low, high = np.nanquantile(draws, [0.025, 0.975])
    value = float(np.mean([statistic(scored.scores, scored.gold) for scored, statistic in parts]))
    return Figure(value, float(low), float(high), sum(len(scored.scores) for scored, _ in parts))


def balanced_accuracy_at(threshold: float) -> Statistic:
    """Balanced accuracy: the mean of the shares of positives at or above and of negatives below the threshold."""

    def statistic(scores: Floats, gold: Floats) -> float:
        predicted, labels = scores >= threshold, gold > 0.5
        if labels.all() or not labels.any():
            return float("nan")
        return float((predicted[labels].mean() + (~predicted[~labels]).mean()) / 2)

    return statistic


def area(scores: Floats, gold: Floats) -> float:
    """Area under the ROC curve; NaN if there is only one class."""
    labels = gold > 0.5
    return float("nan") if labels.all() or not labels.any() else auroc(scores, labels)


def correlation(scores: Floats, gold: Floats) -> float:
    """Spearman's rank correlation of scores and ratings."""
    return spearman(scores, gold)


def mean(scores: Floats, gold: Floats) -> float:  # noqa: ARG001  (a common signature)
    """The mean score."""
    return float(scores.mean())


def best_threshold(scores: Floats, gold: Floats) -> float:
    """The threshold with the best balanced accuracy on these items.

    On an evaluation set it is chosen on the same items, so the accuracy at it is only an upper bound.
    """
    candidates = np.unique(np.quantile(scores, np.linspace(0, 1, 201)))
    values = [balanced_accuracy_at(float(t))(scores, gold) for t in candidates]
    return float(candidates[int(np.nanargmax(values))])
