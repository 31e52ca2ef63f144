"""Citation recall: the share of the answer's sentences, listed as claims or not, that their citations bear out.

Source: ALCE, Gao et al. 2023, citation recall.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.claims import share_supported, shown_claims, supported, whole_pair
from evals.measures.statements import unlisted
from evals.replies import GivenReply
from evals.types import Score, missing


def _citation_recall(asked: Asked, reply: GivenReply) -> Score:
    if asked.judged is None:
        return missing("no judge was run")
    claims = shown_claims(reply)
    if not claims:
        return missing("nothing was claimed")
    verdicts = [supported(asked, whole_pair(reply, claim)) for claim in claims]
    bare = unlisted(reply.answer, [claim.text for claim in claims])
    return share_supported([*verdicts, *(False for _ in bare)])


CITATION_RECALL = Measure(
    name="citation_recall",
    about="share of the answer's sentences, listed as claims or not, that their citations bear out",
    source="ALCE, Gao et al. 2023, citation recall",
    of=_citation_recall,
    group="citations",
    judged=True,
)
