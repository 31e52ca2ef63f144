"""Refusal reason: the share of refusals whose reason code is the one expected.

Source: ours. A refusal is of use where it says why: nothing retrieved, not in the articles, outside the dates asked
about, or drafted and not supported.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score, missing


def _reason(asked: Asked, reply: GivenReply) -> Score:
    if asked.case.reason is None or reply.answered:
        return missing("not a refusal of a case that gives a reason")
    return Score(float(reply.reason is asked.case.reason))


REFUSAL_REASON = Measure(
    name="refusal_reason",
    about="share of refusals whose reason code is the one expected",
    source="ours",
    of=_reason,
    group="refusal",
)
