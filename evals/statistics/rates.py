"""Proportions: Wilson's interval, and the correction of a judge's positive rate for the judge's error."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evals.types import Interval

Z = 1.959963984540054
"""The 97.5 % point of the standard normal distribution."""


def wilson(hits: float, total: float) -> Interval:
    """Wilson's 95 % score interval of the share ``hits / total`` (Wilson 1927), without continuity correction.

    ``total`` may be fractional, as an effective sample size is.

    Raises:
        ValueError: ``total`` is not positive.
    """
    if total <= 0:
        raise ValueError("a rate of nothing has no interval")
    rate, z2 = hits / total, Z * Z
    centre = (rate + z2 / (2 * total)) / (1 + z2 / total)
    half = Z / (1 + z2 / total) * math.sqrt(rate * (1 - rate) / total + z2 / (4 * total * total))
    return Interval(rate, max(0.0, centre - half), min(1.0, centre + half))


@dataclass(frozen=True, slots=True)
class Confusion:
    """A judge's verdicts against people's labels, as counts; "supported" is the positive class.

    ``hits`` are true positives, ``misses`` false negatives, ``alarms`` false positives, ``rejections`` true negatives.
    """

    hits: int
    misses: int
    alarms: int
    rejections: int

    @property
    def sensitivity(self) -> float:
        """Share of the supported claims that the judge accepts."""
        return self.hits / (self.hits + self.misses)

    @property
    def specificity(self) -> float:
        """Share of the unsupported claims that the judge rejects."""
        return self.rejections / (self.alarms + self.rejections)

    @property
    def balanced_accuracy(self) -> float:
        """Mean of sensitivity and specificity; 0.5 is chance for any share of supported claims."""
        return (self.sensitivity + self.specificity) / 2


def rogan_gladen(rate: float, confusion: Confusion, judged: float = 1.0) -> float | None:
    """The estimated true rate behind a judge's positive ``rate``, clipped to 0..``judged``.

    (rate + specificity - 1) / (sensitivity + specificity - 1), from Rogan and Gladen 1978, American Journal of
    Epidemiology 107(1). If only a share ``judged`` of the claims was put to the judge, and the others are negative
    without error (they cite nothing), the false positives to subtract are (1 - specificity) * judged. None if the judge
    is no better than chance.
    """
    skill = confusion.sensitivity + confusion.specificity - 1
    return min(judged, max(0.0, (rate - (1 - confusion.specificity) * judged) / skill)) if skill > 0 else None


def corrected(
    rate: float, resampled: npt.NDArray[np.float64], confusion: Confusion, seed: int, judged: float = 1.0
) -> Interval | None:
    """The Rogan-Gladen rate with a 95 % interval for the uncertainty of both the rate and the judge's error rates.

    ``resampled`` holds bootstrap draws of the rate. For each of them, sensitivity and specificity are drawn from their
    Jeffreys posteriors, and the interval spans the 2.5 % and 97.5 % quantiles of the corrected draws. It answers the
    question of Lang and Reiczigel 2014 (Preventive Veterinary Medicine 113) by simulation instead of their closed form.
    The labelled claims behind ``confusion`` count as independent, and ``judged`` (see ``rogan_gladen``) as known.
    None if the judge is no better than chance in more than 2.5 % of the draws, because the correction would be noise;
    fewer such draws are left out. None also if at least 97.5 % of the corrected draws are above ``judged``, or below 0:
    the judge then accepts more claims than its sensitivity allows (or fewer than its false positives), so the labelled
    claims are not comparable with these, and clipping would give an interval without width.
    """
    value = rogan_gladen(rate, confusion, judged)
    random = np.random.default_rng((seed, 1))  # a stream of its own: that of ``resampled`` would correlate the errors
    sensitivity = random.beta(confusion.hits + 0.5, confusion.misses + 0.5, size=len(resampled))
    specificity = random.beta(confusion.rejections + 0.5, confusion.alarms + 0.5, size=len(resampled))
    skill = sensitivity + specificity - 1
    if value is None or (skill <= 0).mean() > 1 / 40:
        return None
    defined = skill > 0
    true = (resampled[defined] - (1 - specificity[defined]) * judged) / skill[defined]
    low, high = np.quantile(true, [0.025, 0.975])
    if low > judged or high < 0:
        return None
    return Interval(value, max(0.0, float(low)), min(judged, float(high)))
