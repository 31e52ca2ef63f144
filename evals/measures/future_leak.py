"""Future leak: the share of replies to as-of questions that reveal what was only known later.

Source: ours; the third invariant of ARCHITECTURE.md. Nothing first known after ``as_of`` may be cited, retrieved or
counted.
"""

from __future__ import annotations

from datetime import datetime

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score, missing


def _future_leak(asked: Asked, reply: GivenReply) -> Score:
    as_of = asked.case.as_of
    if as_of is None:
        return missing("the case has no as-of date")
    shown = {c.article_id for c in reply.citations} | {other for c in reply.citations for other in c.also_in}
    retrieved = {other for chunk in reply.retrieved or () for other in (chunk.article_id, *chunk.also_in)}
    late = any(_later(asked, article_id, as_of) for article_id in shown | retrieved)
    dated = any(moment and moment > as_of for c in reply.citations for moment in (c.published, c.updated))
    return Score(float(late or dated or bool(reply.as_of and reply.as_of > as_of)))


def _later(asked: Asked, article_id: str, as_of: datetime) -> bool:
    """Whether the article became known after ``as_of`` or has no date: a dated window excludes undated articles."""
    article = asked.articles.get(article_id)
    return article is not None and (article.known_from is None or article.known_from > as_of)


FUTURE_LEAK = Measure(
    name="future_leak",
    about="share of replies to as-of questions that cite or retrieve what was only known later, or carry a later date",
    source="ours; the third invariant of ARCHITECTURE.md",
    of=_future_leak,
    group="news",
    lower_is_better=True,
)
