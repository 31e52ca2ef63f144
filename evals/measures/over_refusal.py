"""Over-refusal: the share of answerable cases that are refused.

Source: exaggerated safety as in XSTest, Röttger et al. 2024, applied to missing evidence instead of safety.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.replies import GivenReply
from evals.types import Score


def _over_refusal(_asked: Asked, reply: GivenReply) -> Score:
    return Score(float(not reply.answered))


OVER_REFUSAL = Measure(
    name="over_refusal",
    about="share of answerable cases that are refused",
    source="exaggerated safety as in XSTest, Röttger et al. 2024, applied to missing evidence",
    of=_over_refusal,
    group="refusal",
    not_applicable=lambda case: None if case.answerable else "a refusal is expected",
    lower_is_better=True,
)
