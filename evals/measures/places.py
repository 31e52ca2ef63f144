"""Whether a citation points at the words that answer: shared by the measures that look at places in articles."""

from __future__ import annotations

import re

from evals.measures.answers import contains
from evals.measures.base import Asked
from evals.replies import GivenCitation
from evals.types import Relevant


def touches(citation: GivenCitation, relevant: Relevant, asked: Asked) -> bool:
    """Whether a citation shares its place with the words that answer, or quotes them or some of them from a reprint."""
    article = asked.articles.get(citation.article_id)
    text = article.text or "" if article and citation.article_id == relevant.article_id else ""
    return any(
        _shares_place(citation, words, text) or contains(citation.quote, [words]) or contains(words, [citation.quote])
        for words in relevant.quotes
    )


def _shares_place(citation: GivenCitation, words: str, text: str) -> bool:
    """Whether a citation of ``text`` overlaps ``words`` anywhere they stand."""
    if citation.start is None or citation.end is None:
        return False
    found = (one.start() for one in re.finditer(re.escape(words), text))
    return any(start < citation.end and citation.start < start + len(words) for start in found)
