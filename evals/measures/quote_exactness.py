"""Quote exactness: the share of citations whose quote equals the article's text at the given offsets exactly.

Source: ours; the second invariant of ARCHITECTURE.md. No judge is needed.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenCitation, GivenReply
from evals.types import Score, missing, share


def _exactness(asked: Asked, reply: GivenReply) -> Score:
    if not reply.citations:
        return missing("nothing was cited")
    verdicts = [_exact(asked, citation) for citation in reply.citations]
    if None in verdicts:
        return missing("the run does not hold the cited article's text")
    return share([bool(verdict) for verdict in verdicts])


def _exact(asked: Asked, citation: GivenCitation) -> bool | None:
    """Whether the quote equals the article's text at its offsets, or anywhere if it has none; None without the text."""
    article = asked.articles.get(citation.article_id)
    if article is None or article.text is None:
        return None
    if citation.start is None or citation.end is None:
        return citation.quote in article.text
    return article.text[citation.start : citation.end] == citation.quote


QUOTE_EXACTNESS = Measure(
    name="quote_exactness",
    about="share of citations whose quote equals the article's text at the given offsets, character by character",
    source="ours; the second invariant of ARCHITECTURE.md",
    of=_exactness,
    group="citations",
)
