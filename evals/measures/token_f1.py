"""Token F1: the harmonic mean of token precision and recall, for the best matching reference answer.

Source: SQuAD, Rajpurkar et al. 2016.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evals.measures.answers import answer_measure, normalised
from evals.measures.statements import without_markers


def token_f1(answer: str, references: Iterable[str]) -> float:
    """Harmonic mean of token precision and recall for the best matching reference, 0 to 1."""
    given = Counter(normalised(answer).split())
    return max(_f1(given, Counter(normalised(reference).split())) for reference in references)


def _f1(given: Counter[str], wanted: Counter[str]) -> float:
    shared = (given & wanted).total()
    return 2 * shared / (given.total() + wanted.total()) if shared else 0.0


TOKEN_F1 = answer_measure(
    "token_f1",
    "token F1 of the answer for the best matching reference answer",
    "SQuAD, Rajpurkar et al. 2016",
    lambda reply, answers: token_f1(without_markers(reply.answer), answers),
)
