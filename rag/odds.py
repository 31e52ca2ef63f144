"""Conversion between probabilities and log-odds; independent evidence adds up in log-odds."""

from __future__ import annotations

import math

_EPSILON = 1e-6  # probabilities are clipped to this distance from 0 and 1


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), with p clipped to [1e-6, 1 - 1e-6]."""
    clipped = min(max(probability, _EPSILON), 1 - _EPSILON)
    return math.log(clipped / (1 - clipped))


def logistic(value: float) -> float:
    """The probability with these log-odds; the inverse of ``log_odds``."""
    return 1 / (1 + math.exp(-value))
