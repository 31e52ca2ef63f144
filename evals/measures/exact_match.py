"""Exact match: whether the whole answer equals one of the reference answers after normalisation.

Source: SQuAD, Rajpurkar et al. 2016. It is meant for chatbots that answer in a word or two; a full sentence never
matches.
"""

from __future__ import annotations

from collections.abc import Iterable

from evals.measures.answers import answer_measure, normalised
from evals.measures.statements import without_markers


def exact_match(answer: str, references: Iterable[str]) -> float:
    """1 if the answer equals one of the references after normalisation, else 0."""
    return float(normalised(answer) in {normalised(reference) for reference in references})


EXACT_MATCH = answer_measure(
    "exact_match",
    "the whole answer equals a reference answer (for chatbots that answer in a word or two; a sentence never does)",
    "SQuAD, Rajpurkar et al. 2016",
    lambda reply, answers: exact_match(without_markers(reply.answer), answers),
)
