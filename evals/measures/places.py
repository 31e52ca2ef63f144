"""Whether a citation covers the words that answer a case; shared by the measures that look at places in articles."""

from __future__ import annotations

import re

from evals.measures.answers import contains
from evals.measures.base import Asked
from evals.replies import GivenCitation
from evals.types import Relevant


def touches(citation: GivenCitation, relevant: Relevant, asked: Asked) -> bool:
    """Whether a citation overlaps the relevant words in their article, or its quote and they contain one another.

    The second rule accepts citations of reprints.
    """
    article = asked.articles.get(citation.article_id)
    text = article.text or "" if article and citation.article_id == relevant.article_id else ""
    return any(
        _shares_place(citation, words, text) or contains(citation.quote, [words]) or contains(words, [citation.quote])
        for words in relevant.quotes
    )


def _shares_place(citation: GivenCitation, words: str, text: str) -> bool:
    """Whether a citation of ``text`` overlaps any occurrence of ``words``."""
    if citation.start is None or citation.end is None:
        return False
    found = (one.start() for one in re.finditer(re.escape(words), text))
    return any(start < citation.end and citation.start < start + len(words) for start in found)
