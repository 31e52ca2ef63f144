"""Faithfulness: the share of the claims shown that a judge finds supported by the quotes they cite.

Source: attribution as in AIS, Rashkin et al. 2023. A claim without citations counts as unsupported.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.claims import share_supported, verdicts_of
from evals.replies import GivenReply
from evals.types import Score


def _faithfulness(asked: Asked, reply: GivenReply) -> Score:
    found = verdicts_of(asked, reply)
    return found if isinstance(found, Score) else share_supported(found)


FAITHFULNESS = Measure(
    name="faithfulness",
    about="share of the claims shown that the judge finds supported by the quotes they cite",
    source="attribution as in AIS, Rashkin et al. 2023; a claim without citations counts as unsupported",
    of=_faithfulness,
    group="citations",
    judged=True,
    verdicts=True,
)
