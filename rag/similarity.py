"""How much of one text's wording another holds."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from rag.language.stems import stems


def weighted_coverage(question: str, texts: Sequence[str]) -> list[float]:
    """Share of the question's content words in each text, 0 to 1, weighted by how rare they are among the texts.

    The weight is the inverse document frequency of Robertson & Spärck Jones (1976) in its always-positive form,
    counted over ``texts``.
    """
    held = [frozenset(stems(text)) for text in texts]
    found_in = Counter(stem for stems_of_text in held for stem in stems_of_text)
    weights = {
        stem: math.log(1 + (len(texts) - found_in[stem] + 0.5) / (found_in[stem] + 0.5))
        for stem in dict.fromkeys(stems(question))  # in their order: a sum in any other differs in its last bit
    }
    total = sum(weights.values())
    if not total:
        return [0.0] * len(texts)
    return [sum(weight for stem, weight in weights.items() if stem in own) / total for own in held]


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that is in both, 0 to 1 (Szymkiewicz-Simpson coefficient); 0 where one is empty."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def coverage(wanted: frozenset[str], present: frozenset[str]) -> float:
    """Share of ``wanted`` that is ``present``, 0 to 1; 1 where nothing is wanted."""
    return len(wanted & present) / len(wanted) if wanted else 1.0
