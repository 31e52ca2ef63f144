"""Whether a citation points at the words that answer: shared by the measures that look at places in articles."""

from __future__ import annotations

from evals.measures.answers import normalised
from evals.measures.base import Asked
from evals.replies import GivenCitation
from evals.types import Relevant


def touches(citation: GivenCitation, relevant: Relevant, asked: Asked) -> bool:
    """Whether a citation shares its place with the words that answer, or quotes them from a reprint."""
    article = asked.articles.get(citation.article_id)
    given = citation.start, citation.end
    for words in relevant.quotes:
        if citation.article_id == relevant.article_id and article and article.text and None not in given:
            start = article.text.find(words)
            if start >= 0 and (citation.start or 0) < start + len(words) and start < (citation.end or 0):
                return True
        quoted, answer = normalised(citation.quote), normalised(words)
        if answer and quoted and (answer in quoted or quoted in answer):
            return True
    return False
