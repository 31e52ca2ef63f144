"""Hardened: the share of answers that state something more firmly than their source does.

Source: ours; factuality hardening, cf. Saurí and Pustejovsky 2009.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.certainty import FIRMNESS, certainties
from evals.replies import GivenReply
from evals.types import Score, missing


def _hardened(asked: Asked, reply: GivenReply) -> Score:
    found = certainties(asked, reply)
    if isinstance(found, Score) or asked.case.certainty is None:
        return found if isinstance(found, Score) else missing("the case names no certainty")
    return Score(float(min(FIRMNESS[certainty] for certainty in found) > FIRMNESS[asked.case.certainty]))


HARDENED = Measure(
    name="hardened",
    about="share of answers that state something more firmly than their source does",
    source="ours; factuality hardening, cf. Saurí and Pustejovsky 2009",
    of=_hardened,
    group="news",
    lower_is_better=True,
)
