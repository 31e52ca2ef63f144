"""Replaces unverified sentences of a language model with sentences of the articles."""

from __future__ import annotations

from collections.abc import Sequence

from rag.passages import flat, words_of
from rag.types import Citation, Passage, Sentence, Withheld

MOST = 3
"""Maximum number of replacement sentences."""


def in_place_of(withheld: Sequence[Withheld], shown: Sequence[Citation], passages: Sequence[Passage]) -> list[Sentence]:
    """For each withheld sentence, the nearest sentence of the passages it cites, unless the answer already quotes it.

    Args:
        withheld: withheld sentences of the first and second draft. If a sentence was corrected in the second draft,
            the answer quotes its replacement already.
        shown: citations of the verified sentences.
        passages: the passages that the drafts were written from.
    """
    quoted = [flat(citation.quote) for citation in shown]
    nearest = dict.fromkeys(item.nearest for item in withheld if item.nearest)
    replacements: dict[str, Sentence] = {}  # keyed by text, since reprints repeat it
    for quote in nearest:
        one = Sentence(words_of(quote, passages), (quote.passage,))
        replacements.setdefault(flat(one.text), one)
    return [one for words, one in replacements.items() if not any(words in told for told in quoted)][:MOST]
