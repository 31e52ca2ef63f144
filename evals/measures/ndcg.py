"""nDCG@k: discounted gain of the first k articles over the best possible, binary relevance.

Source: Järvelin and Kekäläinen 2002, with the discount ``1 / log2(rank + 1)``.
"""

from __future__ import annotations

import math

from evals.measures.ranking import Order, ranking_measure


def ndcg(order: Order, relevant: frozenset[str], k: int) -> float:
    """Discounted gain of the first ``k`` over the best possible, binary relevance, discount ``1 / log2(rank + 1)``."""
    left = relevant
    gain = 0.0
    for rank, articles in enumerate(order[:k], start=1):
        if articles & left:
            gain += 1 / math.log2(rank + 1)
            left -= articles
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gain / best


NDCG_AT_10 = ranking_measure(
    "ndcg@10",
    "discounted gain of the first 10 articles over the best possible",
    "Järvelin and Kekäläinen 2002",
    lambda o, r: ndcg(o, r, 10),
)
