"""Refusal F1: the harmonic mean of refusal precision and recall, 2TP / (2TP + FP + FN).

Each right refusal scores 1 with weight 2, each wrong or missing refusal 0 with weight 1, and their weighted mean is F1.
So it gets intervals like every other measure. Answerable cases that were answered do not count.

Source: F1 of the class "refuse", after the unanswerable questions of SQuAD 2.0, Rajpurkar et al. 2018.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Case, Expect, Score, missing


def _f1(asked: Asked, reply: GivenReply) -> Score:
    due, refused = asked.case.expect is Expect.REFUSE, not reply.answered
    if due and refused:
        return Score(1.0, weight=2.0)
    return Score(0.0) if due or refused else missing("neither refused nor to be refused")


def _failed(case: Case) -> Score:
    return missing("the chatbot failed") if case.answerable else Score(0.0)


REFUSAL_F1 = Measure(
    name="refusal_f1",
    about="harmonic mean of refusal precision and recall",
    source="F1 of the class “refuse”, after SQuAD 2.0, Rajpurkar et al. 2018",
    of=_f1,
    group="refusal",
    crashed=_failed,
    pooled=True,
)
