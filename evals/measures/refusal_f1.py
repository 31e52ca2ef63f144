"""Refusal F1: the harmonic mean of refusal precision and recall, 2TP / (2TP + FP + FN).

It is the weighted mean of 1 with weight 2 for a right refusal and 0 with weight 1 for a wrong or missing one, so it has
intervals like the rest; rightly answered cases are outside it. Source: SQuAD 2.0, Rajpurkar et al. 2018; abstention as
a class of its own.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Case, Expect, Score, missing


def _f1(asked: Asked, reply: GivenReply) -> Score:
    due, refused = asked.case.expect is Expect.REFUSE, not reply.answered
    if due and refused:
        return Score(1.0, weight=2.0)
    return Score(0.0) if due or refused else missing("rightly answered")


def _failed(case: Case) -> Score:
    return missing("the chatbot failed") if case.answerable else Score(0.0)


REFUSAL_F1 = Measure(
    name="refusal_f1",
    about="harmonic mean of refusal precision and recall",
    source="SQuAD 2.0, Rajpurkar et al. 2018; abstention as a class of its own",
    of=_f1,
    group="refusal",
    crashed=_failed,
    pooled=True,
)
