"""Certainty kept: the share of answers in which an answering claim is as certain as its source.

Source: ours; hedging strength as in Rubin 2010.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.certainty import certainties
from evals.replies import GivenReply
from evals.types import Score


def _certainty_kept(asked: Asked, reply: GivenReply) -> Score:
    found = certainties(asked, reply)
    return found if isinstance(found, Score) else Score(float(asked.case.certainty in found))


CERTAINTY_KEPT = Measure(
    name="certainty_kept",
    about="an answering claim is as certain as its source: stated, likely, possible, alleged or denied",
    source="ours; hedging strength as in Rubin 2010",
    of=_certainty_kept,
    group="news",
)
