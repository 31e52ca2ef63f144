"""False conflict: the share of answers that show a contradiction where the golden set knows none.

Source: ours. Updates and other counts are no contradictions.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Expect, Score, missing
from rag.types import ConflictKind


def _false_conflict(asked: Asked, reply: GivenReply) -> Score:
    if asked.case.expect is not Expect.ANSWER or not reply.answered:
        return missing("not an answer to a case without conflict")
    return Score(float(any(conflict.kind is ConflictKind.CONFLICT for conflict in reply.conflicts)))


FALSE_CONFLICT = Measure(
    name="false_conflict",
    about="share of answers that show a contradiction where the golden set knows none (updates and counts aside)",
    source="ours",
    of=_false_conflict,
    group="news",
    minus=True,
)
