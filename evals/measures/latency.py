"""Reply times. Runs are never compared on them: repeating a run gives the same scores but other times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evals.measures.base import Asked


@dataclass(frozen=True, slots=True)
class Latency:
    """Median and 95th percentile of one step in milliseconds, over the replies that report it."""

    step: str
    median_ms: float
    p95_ms: float
    replies: int


def latencies(asked: Sequence[Asked]) -> list[Latency]:
    """The whole reply as measured from outside, then each step as reported by the chatbot."""
    found: dict[str, list[float]] = {"reply": [one.seconds * 1000 for one in asked if one.reply]}
    for one in asked:
        for step, milliseconds in (one.reply.timings_ms if one.reply else {}).items():
            found.setdefault(step, []).append(milliseconds)
    return [
        Latency(step, float(np.median(values)), float(np.quantile(values, 0.95)), len(values))
        for step, values in found.items()
        if values
    ]
