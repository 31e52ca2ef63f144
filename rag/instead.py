"""The articles' own sentences in place of those of a language model that did not pass."""

from __future__ import annotations

from collections.abc import Sequence

from rag.passages import words_of
from rag.types import Citation, Passage, Quote, Sentence, Withheld

MOST = 3
"""Sentences that stand in, at most."""


def in_place_of(withheld: Sequence[Withheld], shown: Sequence[Citation], passages: Sequence[Passage]) -> list[Sentence]:
    """For each sentence withheld the cited one nearest to it, word for word, where nothing that is shown quotes it.

    Args:
        withheld: first and second drafts alike: what was mended is quoted by what took its place.
        shown: what the sentences that passed cite.
        passages: those the drafts were written from.
    """
    nearest = dict.fromkeys(item.nearest for item in withheld if item.nearest)
    unheard = [quote for quote in nearest if not any(_holds(citation, quote, passages) for citation in shown)]
    return [Sentence(words_of(quote, passages), (quote.passage,)) for quote in unheard[:MOST]]


def _holds(citation: Citation, quote: Quote, passages: Sequence[Passage]) -> bool:
    article = next(passage.chunk.article_id for passage in passages if passage.number == quote.passage)
    inside = citation.start <= quote.span.start and quote.span.end <= citation.end
    return citation.article_id == article and inside
