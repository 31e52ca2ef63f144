"""Answer words: the length of the answer shown, in words without citation markers.

Source: length control as in AlpacaEval 2, Dubois et al. 2024. The other answer measures favour answers that say
everything, so length is reported beside them.
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
    about="number of words in the answer shown; the other answer measures favour long answers",
    source="length control as in AlpacaEval 2, Dubois et al. 2024",
    of=_words,
    group="answers",
    lower_is_better=True,
)
