"""Future leak: the share of replies as of a date that show what was known only later.

Source: ours; nothing known only after the moment asked about may be cited, retrieved or counted.
"""

from __future__ import annotations

from datetime import datetime

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score, missing


def _future_leak(asked: Asked, reply: GivenReply) -> Score:
    as_of = asked.case.as_of
    if as_of is None:
        return missing("the case is not asked as of a date")
    shown = {c.article_id for c in reply.citations} | {other for c in reply.citations for other in c.also_in}
    retrieved = {other for chunk in reply.retrieved or () for other in (chunk.article_id, *chunk.also_in)}
    late = any(_later(asked, article_id, as_of) for article_id in shown | retrieved)
    dated = any(moment and moment > as_of for c in reply.citations for moment in (c.published, c.updated))
    return Score(float(late or dated or bool(reply.as_of and reply.as_of > as_of)))


def _later(asked: Asked, article_id: str, as_of: datetime) -> bool:
    """Known only after ``as_of``, or undated: an undated article is outside any dated window."""
    article = asked.articles.get(article_id)
    return article is not None and (article.known_from is None or article.known_from > as_of)


FUTURE_LEAK = Measure(
    name="future_leak",
    about="share of replies as of a date that cite, retrieve or date themselves by what was known only later",
    source="ours; the third invariant of ARCHITECTURE.md",
    of=_future_leak,
    group="news",
    minus=True,
)
