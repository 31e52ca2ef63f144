"""Citation recall: the share of the answer's sentences, listed as claims or not, that their citations support.

Source: ALCE, Gao et al. 2023, citation recall.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.claims import share_supported, shown_claims, verdicts_of
from evals.measures.statements import unlisted
from evals.replies import GivenReply
from evals.types import Score


def _citation_recall(asked: Asked, reply: GivenReply) -> Score:
    found = verdicts_of(asked, reply)
    if isinstance(found, Score):
        return found
    bare = unlisted(reply.answer, [claim.text for claim in shown_claims(reply)])
    return share_supported([*found, *(False for _ in bare)])


CITATION_RECALL = Measure(
    name="citation_recall",
    about="share of the answer's sentences, listed as claims or not, that their citations support",
    source="ALCE, Gao et al. 2023, citation recall",
    of=_citation_recall,
    group="citations",
    judged=True,
)
