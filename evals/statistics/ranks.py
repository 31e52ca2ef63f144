"""Rank statistics: area under the ROC curve and Spearman's correlation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Values = Sequence[float] | npt.NDArray[np.float64]


def average_ranks(values: Values) -> npt.NDArray[np.float64]:
    """Ranks from 1, shape (len(values),); ties share the mean of their ranks."""
    array = np.asarray(values, dtype=np.float64)
    _, place, counts = np.unique(array, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[place])


def auroc(scores: Values, positive: Sequence[bool] | npt.NDArray[np.bool_]) -> float:
    """The probability that a positive scores above a negative, ties counting half (Mann and Whitney 1947).

    Raises:
        ValueError: there are no positives or no negatives.
    """
    labels = np.asarray(positive, dtype=bool)
    hits, others = int(labels.sum()), int((~labels).sum())
    if not hits or not others:
        raise ValueError("the area under a ROC curve needs positives and negatives")
    ranks = average_ranks(scores)
    return float((ranks[labels].sum() - hits * (hits + 1) / 2) / (hits * others))


def spearman(left: Values, right: Values) -> float:
    """Spearman's rank correlation: Pearson's correlation of the ranks; 0 if one side is constant."""
    a, b = average_ranks(left), average_ranks(right)
    a, b = a - a.mean(), b - b.mean()
    spread = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / spread if spread else 0.0
