"""Completed: whether the chatbot gave a well-formed reply.

Source: crashes counted as in SWE-bench-style harnesses, never dropped.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, wrong
from evals.replies import GivenReply
from evals.types import Score


def _of(_asked: Asked, _reply: GivenReply) -> Score:
    return Score(1.0)


COMPLETED = Measure(
    name="completed",
    about="share of cases that got a well-formed reply, whatever it says",
    source="crashes counted as in SWE-bench-style harnesses, never dropped",
    of=_of,
    group="reliability",
    crashed=wrong,
)
