"""Refusal reason: the share of refusals with the expected reason code.

Source: ours. A refusal is useful if it says why: nothing was retrieved, the articles do not say, the answer lies
outside the dates asked about, or what was drafted is not supported.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score, missing


def _reason(asked: Asked, reply: GivenReply) -> Score:
    if asked.case.reason is None or reply.answered:
        return missing("answered, or the case names no reason")
    return Score(float(reply.reason is asked.case.reason))


REFUSAL_REASON = Measure(
    name="refusal_reason",
    about="share of refusals with the expected reason code",
    source="ours",
    of=_reason,
    group="refusal",
)
