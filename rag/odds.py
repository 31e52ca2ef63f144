"""Probabilities and their log-odds, where evidence adds up."""

from __future__ import annotations

import math

_SURE = 1e-6  # no judgement is surer than this


def log_odds(probability: float) -> float:
    """ln(p / (1 - p)), with p kept a millionth away from 0 and 1."""
    kept = min(max(probability, _SURE), 1 - _SURE)
    return math.log(kept / (1 - kept))


def logistic(value: float) -> float:
    """The probability of these log-odds."""
    return 1 / (1 + math.exp(-value))
