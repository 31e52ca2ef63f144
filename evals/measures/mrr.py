"""MRR: the reciprocal of the first relevant article's rank, averaged over cases.

Source: Voorhees, TREC-8 QA track, 1999.
"""

from __future__ import annotations

from evals.measures.ranking import Order, ranking_measure


def reciprocal_rank(order: Order, relevant: frozenset[str]) -> float:
    """1 / rank of the first relevant article; 0 if none was found."""
    for rank, articles in enumerate(order, start=1):
        if articles & relevant:
            return 1 / rank
    return 0.0


MRR = ranking_measure(
    "mrr", "1 / rank of the first relevant article", "Voorhees, TREC-8 QA track, 1999", reciprocal_rank
)
