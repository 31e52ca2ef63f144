"""False conflict: the share of answers that show a conflict although the golden set expects none.

Source: ours. Updates and differing counts are not conflicts.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Expect, Score, missing
from rag.types import ConflictKind


def _false_conflict(asked: Asked, reply: GivenReply) -> Score:
    if asked.case.expect is not Expect.ANSWER or not reply.answered:
        return missing("refused, or the case expects no plain answer")
    return Score(float(any(conflict.kind is ConflictKind.CONFLICT for conflict in reply.conflicts)))


FALSE_CONFLICT = Measure(
    name="false_conflict",
    about="share of answers that show a conflict although the golden set expects none (updates and counts aside)",
    source="ours",
    of=_false_conflict,
    group="news",
    lower_is_better=True,
)
