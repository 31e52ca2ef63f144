"""Whether the chatbot refuses what the articles do not say, and only that.

Each measure is a ratio: cases outside its denominator do not apply. F1 = 2TP / (2TP + FP + FN) is the weighted mean of
1 with weight 2 for a right refusal and 0 with weight 1 for a wrong or missing one, so it has intervals like the rest.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, wrong
from evals.replies import GivenReply
from evals.types import Case, Expect, Score, missing

SOURCE = "SQuAD 2.0, Rajpurkar et al. 2018; abstention as a class of its own"


def _refused_rightly(asked: Asked, reply: GivenReply) -> Score:
    if reply.answered:
        return missing("answered")
    return Score(float(asked.case.expect is Expect.REFUSE))


def _refused_when_due(_asked: Asked, reply: GivenReply) -> Score:
    return Score(float(not reply.answered))


def _f1(asked: Asked, reply: GivenReply) -> Score:
    due, refused = asked.case.expect is Expect.REFUSE, not reply.answered
    if due and refused:
        return Score(1.0, weight=2.0)
    return Score(0.0) if due or refused else missing("rightly answered")


def _reason(asked: Asked, reply: GivenReply) -> Score:
    if asked.case.reason is None or reply.answered:
        return missing("not a refusal of a case that gives a reason")
    return Score(float(reply.reason is asked.case.reason))


def _over_refusal(_asked: Asked, reply: GivenReply) -> Score:
    return Score(float(not reply.answered))


def _answer_expected(case: Case) -> str | None:
    return "an answer is expected" if case.answerable else None


REFUSAL_PRECISION = Measure(
    "refusal_precision", "share of refusals that are right", SOURCE, _refused_rightly, group="refusal"
)
REFUSAL_RECALL = Measure(
    "refusal_recall",
    "share of the cases the articles do not answer that are refused",
    SOURCE,
    _refused_when_due,
    group="refusal",
    unfit=_answer_expected,
    crashed=wrong,
)
REFUSAL_F1 = Measure(
    "refusal_f1",
    "harmonic mean of refusal precision and recall",
    SOURCE,
    _f1,
    group="refusal",
    crashed=lambda case: missing("the chatbot failed") if case.answerable else Score(0.0),
)
REFUSAL_REASON = Measure(
    "refusal_reason", "share of refusals whose reason code is the one expected", "ours", _reason, group="refusal"
)
OVER_REFUSAL = Measure(
    "over_refusal",
    "share of answerable cases that are refused",
    "XSTest's over-refusal, Röttger et al. 2024, here about articles",
    _over_refusal,
    group="refusal",
    unfit=lambda case: None if case.answerable else "a refusal is expected",
    minus=True,
)
