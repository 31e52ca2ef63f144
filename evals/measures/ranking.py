"""The order in which articles were retrieved, as the ranking measures see it: an article's first chunk takes its place.

An article stands for its reprints: a chunk that says it is ``also_in`` a relevant article has found it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.replies import GivenChunk, GivenReply
from evals.types import Score, missing

UNFIT = answerable_with(lambda case: case.relevant, "no article is relevant")
Order = Sequence[frozenset[str]]
"""Articles in the order found, each with its reprints."""


def ranking(retrieved: Sequence[GivenChunk]) -> list[frozenset[str]]:
    """The articles in the order they were found, each with its reprints."""
    seen: set[str] = set()
    order: list[frozenset[str]] = []
    for chunk in retrieved:
        if chunk.article_id not in seen:
            order.append(frozenset((chunk.article_id, *chunk.also_in)) - seen)
            seen |= order[-1]
    return order


Ranked = Callable[[Order, frozenset[str]], float]


def ranking_measure(name: str, about: str, source: str, value: Ranked) -> Measure:
    """A measure of the order in which a case's relevant articles were found; 0 where the chatbot crashed."""

    def of(asked: Asked, reply: GivenReply) -> Score:
        relevant = frozenset(r.article_id for r in asked.case.relevant)
        if reply.retrieved is None:
            return missing("the chatbot does not tell what it retrieved")
        return Score(value(ranking(reply.retrieved), relevant))

    return Measure(name, about, source, of, group="retrieval", unfit=UNFIT, crashed=wrong)
