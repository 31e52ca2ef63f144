"""Refusal precision: the share of refusals that are right. Cases that were answered do not count.

Source: precision of the class "refuse", after the unanswerable questions of SQuAD 2.0, Rajpurkar et al. 2018.
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
    source="precision of the class “refuse”, after SQuAD 2.0, Rajpurkar et al. 2018",
    of=_refused_rightly,
    group="refusal",
    pooled=True,
)
