"""Citation precision: the share of citations that belong to a supported claim and that the claim needs.

A claim needs a citation if the citation supports it alone, or if the other citations together do not support it.
Source: ALCE, Gao et al. 2023, citation precision.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure
from evals.measures.claims import part_pairs, share_supported, shown_claims, supported, whole_pair
from evals.replies import GivenReply
from evals.types import Pair, Score, missing


def _citation_precision(asked: Asked, reply: GivenReply) -> Score:
    if asked.judged is None:
        return missing("no judge was run")
    verdicts: list[bool | None] = []
    for claim in shown_claims(reply):
        pair = whole_pair(reply, claim)
        if pair is not None:
            verdicts += _needed(asked, pair)
    if not verdicts:
        return missing("nothing was cited")
    return share_supported(verdicts)


def _needed(asked: Asked, pair: Pair) -> list[bool | None]:
    """For each citation of a claim, whether the claim is supported and needs it; None without a verdict."""
    whole = supported(asked, pair)
    if len(pair.evidence) < 2 or not whole:
        return [whole] * len(pair.evidence)
    found: list[bool | None] = []
    for alone, rest in part_pairs(pair):
        by_itself, without = supported(asked, alone), supported(asked, rest)
        found.append(None if by_itself is None or without is None else by_itself or not without)
    return found


CITATION_PRECISION = Measure(
    name="citation_precision",
    about="share of citations whose claim is supported and needs them: the citation supports it alone, or the others "
    "do not support it without the citation",
    source="ALCE, Gao et al. 2023, citation precision",
    of=_citation_precision,
    group="citations",
    judged=True,
)
