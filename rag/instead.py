"""The articles' own sentences in place of those of a language model that did not pass."""

from __future__ import annotations

from collections.abc import Sequence

from rag.passages import flat, words_of
from rag.types import Citation, Passage, Sentence, Withheld

MOST = 3
"""Sentences that stand in, at most."""


def in_place_of(withheld: Sequence[Withheld], shown: Sequence[Citation], passages: Sequence[Passage]) -> list[Sentence]:
    """For each sentence withheld the cited one nearest to it, word for word, where nothing that is shown quotes it.

    Args:
        withheld: first and second drafts alike: what was mended is quoted by what took its place.
        shown: what the sentences that passed cite.
        passages: those the drafts were written from.
    """
    quoted = [flat(citation.quote) for citation in shown]
    nearest = dict.fromkeys(item.nearest for item in withheld if item.nearest)
    apart: dict[str, Sentence] = {}  # reprints say it in the same words
    for quote in nearest:
        one = Sentence(words_of(quote, passages), (quote.passage,))
        apart.setdefault(flat(one.text), one)
    return [one for words, one in apart.items() if not any(words in told for told in quoted)][:MOST]
