"""Recall@k: the share of the relevant articles that are among the first k retrieved.

Source: Manning, Raghavan, Schütze 2008, Introduction to Information Retrieval, chapter 8.
"""

from __future__ import annotations

from evals.measures.ranking import Order, ranking_measure


def recall(order: Order, relevant: frozenset[str], k: int) -> float:
    """Share of the relevant articles that are among the first ``k``."""
    found = frozenset().union(*order[:k])
    return len(found & relevant) / len(relevant)


RECALL_AT_10 = ranking_measure(
    "recall@10",
    "share of the relevant articles among the first 10 retrieved",
    "Manning, Raghavan, Schütze 2008, ch. 8",
    lambda o, r: recall(o, r, 10),
)
