"""Answer words: how long the answer shown is, in words, markers aside.

Source: length control as in AlpacaEval 2, Dubois et al. 2024. An answer that says everything is right too easily.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.statements import without_markers
from evals.replies import GivenReply
from evals.types import Score, missing


def _words(_asked: Asked, reply: GivenReply) -> Score:
    if not reply.answered:
        return missing("refused")
    return Score(float(len(without_markers(reply.answer).split())))


ANSWER_WORDS = Measure(
    name="answer_words",
    about="words of the answer shown: an answer that says everything is right too easily",
    source="length control as in AlpacaEval 2, Dubois et al. 2024",
    of=_words,
    group="answers",
    minus=True,
)
