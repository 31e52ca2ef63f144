"""Exact match: whether the whole answer is one of the reference answers, normalised.

Source: SQuAD, Rajpurkar et al. 2016. A sentence never is one; this is for chatbots that answer in a word or two.
"""

from __future__ import annotations

from collections.abc import Iterable

from evals.measures.answers import answer_measure, normalised
from evals.measures.statements import without_markers


def exact_match(answer: str, references: Iterable[str]) -> float:
    """1 where the answer is one of the references, normalised."""
    return float(normalised(answer) in {normalised(reference) for reference in references})


EXACT_MATCH = answer_measure(
    "exact_match",
    "the whole answer is a reference answer (a sentence never is; for chatbots that answer in a word or two)",
    "SQuAD, Rajpurkar et al. 2016",
    lambda reply, answers: exact_match(without_markers(reply.answer), answers),
)
