"""Refusal precision: the share of refusals that are right.

Cases that were answered are outside its denominator. Source: SQuAD 2.0, Rajpurkar et al. 2018; abstention as a class
of its own.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Expect, Score, missing


def _refused_rightly(asked: Asked, reply: GivenReply) -> Score:
    if reply.answered:
        return missing("answered")
    return Score(float(asked.case.expect is Expect.REFUSE))


REFUSAL_PRECISION = Measure(
    name="refusal_precision",
    about="share of refusals that are right",
    source="SQuAD 2.0, Rajpurkar et al. 2018; abstention as a class of its own",
    of=_refused_rightly,
    group="refusal",
    pooled=True,
)
