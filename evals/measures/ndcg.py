"""nDCG@k: discounted cumulative gain of the first k articles, divided by the best possible. Relevance is binary.

Source: Järvelin and Kekäläinen 2002, with the discount ``1 / log2(rank + 1)`` of Burges et al. 2005 and trec_eval.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from evals.measures.ranking import Order, ranking_measure


def ndcg(order: Order, relevant: frozenset[str], k: int) -> float:
    """Discounted gain of the first ``k`` articles divided by the best possible, 0 to 1.

    Relevant articles that were retrieved as one entry (a report and its reprint) gain once, both in the ranking and
    in the best possible one.
    """
    left, found = relevant, []
    for rank, articles in enumerate(order, start=1):
        if articles & left:
            found.append(rank)
            left -= articles
    best = range(1, min(k, len(found) + len(left)) + 1)
    return _gain(rank for rank in found if rank <= k) / _gain(best)


def _gain(ranks: Iterable[int]) -> float:
    return sum(1 / math.log2(rank + 1) for rank in ranks)


NDCG_AT_10 = ranking_measure(
    "ndcg@10",
    "discounted cumulative gain of the first 10 articles, divided by the best possible",
    "Järvelin and Kekäläinen 2002",
    lambda o, r: ndcg(o, r, 10),
)
