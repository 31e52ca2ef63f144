"""How firmly things are said, and which of a reply's claims say the thing asked for."""

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
"""How firmly each says a thing is so. To move up is to harden it."""


def answering_claims(asked: Asked, reply: GivenReply) -> list[GivenClaim]:
    """The claims that carry the answer: they hold a reference answer, or cite the words that do; else all."""
    case = asked.case
    telling = [claim for claim in reply.claims if case.answers and contains(claim.text, case.answers)]
    if not telling:
        cited = [(claim, c, r) for claim in reply.claims for c in reply.cited(claim) for r in case.relevant if r.quotes]
        telling = [claim for claim, citation, relevant in cited if touches(citation, relevant, asked)]
    return telling or list(reply.claims)


def certainties(asked: Asked, reply: GivenReply) -> list[Certainty] | Score:
    """How certain the answering claims are said to be, or why that cannot be measured."""
    if asked.case.certainty is None:
        return missing("the case names no certainty")
    if not reply.answered:
        return missing("refused")
    found = [claim.certainty for claim in answering_claims(asked, reply) if claim.certainty]
    return found or missing("the chatbot does not say how certain it is")
