"""Premise alarm: the share of answerable cases that are refused because their premise is said to be false.

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
    about="share of answerable cases refused because an article is said to contradict their premise",
    source="ours",
    of=_premise_alarm,
    group="refusal",
    unfit=lambda case: None if case.answerable else "a refusal is expected",
    minus=True,
)
