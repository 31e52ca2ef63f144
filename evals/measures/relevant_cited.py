"""Relevant cited: whether the answer cites a relevant article, or a reprint of one. A refusal scores 0.

Source: ours; answer-level citation recall against the golden set.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.replies import GivenReply
from evals.types import Score


def _relevant_cited(asked: Asked, reply: GivenReply) -> Score:
    wanted = {relevant.article_id for relevant in asked.case.relevant}
    return Score(float(any(wanted & {c.article_id, *c.also_in} for c in reply.citations)) if reply.answered else 0.0)


RELEVANT_CITED = Measure(
    name="relevant_cited",
    about="the answer cites a relevant article, or a reprint of one; a refusal scores 0",
    source="ours; answer-level citation recall against the golden set",
    of=_relevant_cited,
    group="citations",
    not_applicable=answerable_with(lambda case: case.relevant, "the case has no relevant article"),
    crashed=wrong,
)
