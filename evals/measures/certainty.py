"""Levels of certainty, and the claims of a reply that carry its answer."""

from __future__ import annotations

from evals.measures.answers import contains
from evals.measures.base import Asked
from evals.measures.places import touches
from evals.replies import GivenClaim, GivenReply
from evals.types import Score, missing
from rag.types import Certainty

FIRMNESS = {
    Certainty.STATED: 4,
    Certainty.LIKELY: 3,
    Certainty.POSSIBLE: 2,
    Certainty.ALLEGED: 1,
    Certainty.DENIED: 0,
}
"""Rank of each level, higher is firmer. A claim is hardened if it ranks above its source."""


def answering_claims(asked: Asked, reply: GivenReply) -> list[GivenClaim]:
    """The claims that contain a reference answer; else those that cite the relevant words; else all claims."""
    case = asked.case
    found = [claim for claim in reply.claims if case.answers and contains(claim.text, case.answers)]
    if not found:
        cited = [(claim, c, r) for claim in reply.claims for c in reply.cited(claim) for r in case.relevant if r.quotes]
        found = [claim for claim, citation, relevant in cited if touches(citation, relevant, asked)]
    return found or list(reply.claims)


def certainties(asked: Asked, reply: GivenReply) -> list[Certainty] | Score:
    """The certainty of each answering claim, or a missing score with the reason."""
    if asked.case.certainty is None:
        return missing("the case names no certainty")
    if not reply.answered:
        return missing("refused")
    found = [claim.certainty for claim in answering_claims(asked, reply) if claim.certainty]
    return found or missing("the chatbot does not say how certain it is")
