"""Hit@k: whether a relevant article is among the first k retrieved.

Source: Success@k of ir-measures (``Success`` in TREC's evaluation program).
"""

from __future__ import annotations

from evals.measures.ranking import Order, ranking_measure


def hit(order: Order, relevant: frozenset[str], k: int) -> float:
    """1 if a relevant article is among the first ``k``, else 0."""
    return float(any(articles & relevant for articles in order[:k]))


HIT_AT_1 = ranking_measure(
    "hit@1", "the first article retrieved is relevant", "Success@1, ir-measures", lambda o, r: hit(o, r, 1)
)
HIT_AT_5 = ranking_measure(
    "hit@5", "a relevant article is among the first 5 retrieved", "Success@5, ir-measures", lambda o, r: hit(o, r, 5)
)
