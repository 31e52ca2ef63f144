"""The ranking of retrieved articles, shared by the retrieval measures. An article has the rank of its first chunk.

An article also counts as its reprints: a chunk that is ``also_in`` a relevant article has retrieved that article.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.replies import GivenChunk, GivenReply
from evals.types import Score, missing

UNFIT = answerable_with(lambda case: case.relevant, "the case has no relevant article")
Order = Sequence[frozenset[str]]
"""Article ids in retrieval order, each entry with the article's reprints."""


def ranking(retrieved: Sequence[GivenChunk]) -> list[frozenset[str]]:
    """The articles in retrieval order, each entry with its reprints; an article appears once."""
    seen: set[str] = set()
    order: list[frozenset[str]] = []
    for chunk in retrieved:
        if chunk.article_id not in seen:
            order.append(frozenset((chunk.article_id, *chunk.also_in)) - seen)
            seen |= order[-1]
    return order


Ranked = Callable[[Order, frozenset[str]], float]


def ranking_measure(name: str, about: str, source: str, value: Ranked) -> Measure:
    """A measure of a ranking against the case's relevant articles; a crash scores 0."""

    def of(asked: Asked, reply: GivenReply) -> Score:
        relevant = frozenset(r.article_id for r in asked.case.relevant)
        if reply.retrieved is None:
            return missing("the chatbot does not report what it retrieved")
        return Score(value(ranking(reply.retrieved), relevant))

    return Measure(name, about, source, of, group="retrieval", not_applicable=UNFIT, crashed=wrong)
