"""How well the articles retrieved are ranked, by article: the first chunk of an article takes its place.

An article stands for its reprints: a chunk that says it is ``also_in`` a relevant article has found it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.replies import GivenChunk, GivenReply
from evals.types import Score, missing

K = 10
UNFIT = answerable_with(lambda case: case.relevant, "no article is relevant")


def ranking(retrieved: Sequence[GivenChunk]) -> list[frozenset[str]]:
    """The articles in the order they were found, each with its reprints."""
    seen: set[str] = set()
    order: list[frozenset[str]] = []
    for chunk in retrieved:
        if chunk.article_id not in seen:
            order.append(frozenset((chunk.article_id, *chunk.also_in)) - seen)
            seen |= order[-1]
    return order


def recall(order: Sequence[frozenset[str]], relevant: frozenset[str], k: int) -> float:
    """Share of the relevant articles among the first ``k``."""
    found = frozenset().union(*order[:k])
    return len(found & relevant) / len(relevant)


def hit(order: Sequence[frozenset[str]], relevant: frozenset[str], k: int) -> float:
    """1 where a relevant article is among the first ``k``, else 0 (``Success@k``)."""
    return float(any(articles & relevant for articles in order[:k]))


def reciprocal_rank(order: Sequence[frozenset[str]], relevant: frozenset[str]) -> float:
    """1 / rank of the first relevant article; 0 where none was found."""
    for rank, articles in enumerate(order, start=1):
        if articles & relevant:
            return 1 / rank
    return 0.0


def ndcg(order: Sequence[frozenset[str]], relevant: frozenset[str], k: int) -> float:
    """Discounted gain of the first ``k`` over the best possible, binary relevance, discount ``1 / log2(rank + 1)``."""
    left = relevant
    gain = 0.0
    for rank, articles in enumerate(order[:k], start=1):
        if articles & left:
            gain += 1 / math.log2(rank + 1)
            left -= articles
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gain / best


Ranked = Callable[[Sequence[frozenset[str]], frozenset[str]], float]


def _measure(name: str, about: str, source: str, value: Ranked) -> Measure:
    def of(asked: Asked, reply: GivenReply) -> Score:
        relevant = frozenset(r.article_id for r in asked.case.relevant)
        if reply.retrieved is None:
            return missing("the chatbot does not tell what it retrieved")
        return Score(value(ranking(reply.retrieved), relevant))

    return Measure(name, about, source, of, group="retrieval", unfit=UNFIT, crashed=wrong)


HIT_AT_1 = _measure(
    "hit@1", "the first article retrieved is a relevant one", "Success@1, ir-measures", lambda o, r: hit(o, r, 1)
)
HIT_AT_5 = _measure(
    "hit@5", "a relevant article is among the first 5 retrieved", "Success@5, ir-measures", lambda o, r: hit(o, r, 5)
)
RECALL_AT_10 = _measure(
    f"recall@{K}",
    f"share of the relevant articles among the first {K} retrieved",
    "Manning, Raghavan, Schütze 2008, ch. 8",
    lambda o, r: recall(o, r, K),
)
MRR = _measure(
    "mrr",
    "1 / rank of the first relevant article",
    "Voorhees, TREC-8 QA track, 1999",
    reciprocal_rank,
)
NDCG_AT_10 = _measure(
    f"ndcg@{K}",
    f"discounted gain of the first {K} articles over the best possible",
    "Järvelin and Kekäläinen 2002",
    lambda o, r: ndcg(o, r, K),
)
