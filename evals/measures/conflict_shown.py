"""Conflict shown: the share of expected conflicts between articles that are shown with a citation on each side.

Source: ours; after CONFLICTS, Cattan et al. 2025 (arXiv 2506.08500).
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, wrong
from evals.replies import GivenReply
from evals.types import Expect, Score


def _conflict_shown(asked: Asked, reply: GivenReply) -> Score:
    sides = {relevant.article_id for relevant in asked.case.relevant}
    shown = [_articles_of(reply, conflict.citations) & sides for conflict in reply.conflicts]
    return Score(float(any(len(articles) >= 2 for articles in shown)))


def _articles_of(reply: GivenReply, numbers: tuple[int, ...]) -> set[str]:
    return {a for c in reply.citations if c.number in numbers for a in (c.article_id, *c.also_in)}


CONFLICT_SHOWN = Measure(
    name="conflict_shown",
    about="an expected conflict between articles is shown with a citation on each side",
    source="ours; after CONFLICTS, Cattan et al. 2025 (arXiv 2506.08500)",
    of=_conflict_shown,
    group="news",
    not_applicable=lambda case: None if case.expect is Expect.CONFLICT else "no conflict is expected",
    crashed=wrong,
)
