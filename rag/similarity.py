"""The first judge of whether a text answers a question: likeness of meaning and the question's words, no training."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.ports import Embedder
from rag.words import stems

# Set on published news questions (RealTimeQA 2022): nine in ten of those answered by the archive reach 0.5.
COSINE_WEIGHT, COVERAGE_WEIGHT, BIAS = 8.0, 4.0, -5.5


class SimilarityScorer:
    """Cosine of question and text, with the share of the question's words the text holds.

    It finds the sentence and tells off-topic questions apart. It cannot tell a near-topic question that the text
    leaves open from one it answers: no measure of likeness can.
    """

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """One value in 0..1 a text; depends a little on the other texts, whose words tell which words are rare."""
        if not texts:
            return []
        cosines = self._embedder.embed_texts(texts) @ self._embedder.embed_questions([question])[0]
        covered = weighted_coverage(question, texts)
        scores = COSINE_WEIGHT * cosines + COVERAGE_WEIGHT * np.asarray(covered) + BIAS
        return [float(value) for value in 1 / (1 + np.exp(-scores))]


def weighted_coverage(question: str, texts: Sequence[str]) -> list[float]:
    """Share of the question's content words in each text, 0 to 1, weighted by how rare they are among the texts.

    The weight is the inverse document frequency of Robertson & Spärck Jones (1976) in its always-positive form,
    counted over ``texts``.
    """
    held = [frozenset(stems(text)) for text in texts]
    found_in = Counter(stem for stems_of_text in held for stem in stems_of_text)
    weights = {
        stem: math.log(1 + (len(texts) - found_in[stem] + 0.5) / (found_in[stem] + 0.5))
        for stem in set(stems(question))
    }
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [sum(weight for stem, weight in weights.items() if stem in own) / total for own in held]
