"""BM25 (Robertson and Zaragoza, "The probabilistic relevance framework", 2009) over the articles a question may see.

A search engine computes document frequencies over its whole index, so an article published next week would change the
ranking for a question asked as of today. Here they are computed over the articles known at that time only.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

K1 = 1.2  # term frequency saturation
B = 0.75  # length normalisation


@dataclass(frozen=True, slots=True)
class Corpus:
    """Collection statistics: number of texts, their mean length in characters, and document frequency by term."""

    texts: int
    mean_length: float
    holding: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """Return the term's inverse document frequency, always positive (Lucene's formula)."""
        held = self.holding.get(term, 0)
        return math.log(1 + (self.texts - held + 0.5) / (held + 0.5))


def bm25(question: Sequence[str], text: Sequence[str], length: int, corpus: Corpus) -> float:
    """Return the BM25 score of one text.

    Args:
        question: the distinct query terms.
        text: the terms of the text.
        length: the text's length in characters.
        corpus: statistics of the collection.
    """
    counts = Counter(text)
    weight = K1 * (1 - B + B * length / max(corpus.mean_length, 1))
    return sum(
        corpus.rarity(term) * counts[term] * (K1 + 1) / (counts[term] + weight) for term in question if counts[term]
    )
