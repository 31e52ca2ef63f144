"""BM25 (Robertson and Zaragoza, "The probabilistic relevance framework", 2009), over what a question may see.

A search engine's own BM25 counts documents over its whole index, so an article of next week would shift the ranking
of a question as of today. Here the counts come from the articles known at that moment.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K1 = 1.2  # how soon a term's further mentions stop to count
B = 0.75  # how much a long text is held against it


@dataclass(frozen=True, slots=True)
class Corpus:
    """What BM25 knows of all texts: how many, their mean length in characters, how many hold each term."""

    texts: int
    mean_length: float
    holding: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """Inverse document frequency, above 0 (the form of Lucene)."""
        held = self.holding.get(term, 0)
        return math.log(1 + (self.texts - held + 0.5) / (held + 0.5))


def bm25(question: Sequence[str], text: Sequence[str], length: int, corpus: Corpus) -> float:
    """Score of one text.

    Args:
        question: the terms to look for, each once.
        text: the terms of the text.
        length: the text's length in characters.
        corpus: what is known of all texts.
    """
    counts = Counter(text)
    weight = K1 * (1 - B + B * length / max(corpus.mean_length, 1))
    return sum(
        corpus.rarity(term) * counts[term] * (K1 + 1) / (counts[term] + weight) for term in question if counts[term]
    )
