"""Refusal recall: of the cases that should be refused, the share that are.

Source: recall of the class "refuse", after the unanswerable questions of SQuAD 2.0, Rajpurkar et al. 2018.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, wrong
from evals.replies import GivenReply
from evals.types import Case, Score


def _refused_when_due(_asked: Asked, reply: GivenReply) -> Score:
    return Score(float(not reply.answered))


def _answer_expected(case: Case) -> str | None:
    return "an answer is expected" if case.answerable else None


REFUSAL_RECALL = Measure(
    name="refusal_recall",
    about="of the cases that should be refused, the share that are",
    source="recall of the class “refuse”, after SQuAD 2.0, Rajpurkar et al. 2018",
    of=_refused_when_due,
    group="refusal",
    not_applicable=_answer_expected,
    crashed=wrong,
)
