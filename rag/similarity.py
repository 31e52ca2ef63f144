"""Measures of how many words two texts share."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from rag.language.stems import stems


def weighted_coverage(question: str, texts: Sequence[str]) -> list[float]:
    """Share of the question's stems that each text contains, 0 to 1, weighted by their rarity among the texts.

    The weight is the inverse document frequency of Robertson & Spärck Jones (1976) in its always-positive form,
    computed over ``texts``.
    """
    stem_sets = [frozenset(stems(text)) for text in texts]
    frequency = Counter(stem for own in stem_sets for stem in own)
    weights = {
        stem: math.log(1 + (len(texts) - frequency[stem] + 0.5) / (frequency[stem] + 0.5))
        for stem in dict.fromkeys(stems(question))  # in a fixed order: floating-point sums depend on it
    }
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [sum(weight for stem, weight in weights.items() if stem in own) / total for own in stem_sets]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that is in both, 0 to 1 (Szymkiewicz-Simpson coefficient); 0 if either is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def coverage(wanted: frozenset[str], present: frozenset[str]) -> float:
    """Share of ``wanted`` that is in ``present``, 0 to 1; 1 if ``wanted`` is empty."""
    return len(wanted & present) / len(wanted) if wanted else 1.0
