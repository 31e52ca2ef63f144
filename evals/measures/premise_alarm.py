"""Premise alarm: the share of answerable cases whose premise is wrongly reported to be false.

Source: ours.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score


def _premise_alarm(_asked: Asked, reply: GivenReply) -> Score:
    return Score(float(reply.premise is not None))


PREMISE_ALARM = Measure(
    name="premise_alarm",
    about="share of answerable cases in which an article is wrongly reported to contradict the premise",
    source="ours",
    of=_premise_alarm,
    group="refusal",
    not_applicable=lambda case: None if case.answerable else "a refusal is expected",
    lower_is_better=True,
)
