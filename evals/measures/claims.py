"""The pairs of claim and evidence that the judged measures ask a judge for, and what they make of its verdicts.

A claim without a verdict leaves its case unmeasured. Verdicts are never dropped from a denominator, and an answer
that shows text but no claim counts as one claim that cites nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from evals.measures.base import Asked
from evals.replies import GivenClaim, GivenReply
from evals.types import Pair, Score, missing, share


def shown_claims(reply: GivenReply) -> tuple[GivenClaim, ...]:
    """The claims of an answer; its whole text, citing nothing, where it lists none."""
    if not reply.answered:
        return ()
    return reply.claims or ((GivenClaim(text=reply.answer),) if reply.answer.strip() else ())


def whole_pair(reply: GivenReply, claim: GivenClaim) -> Pair | None:
    """The claim with all the quotes it cites; None where it cites none."""
    quotes = tuple(citation.quote for citation in reply.cited(claim))
    return Pair(claim.text, quotes) if quotes else None


def part_pairs(pair: Pair) -> Iterator[tuple[Pair, Pair]]:
    """For each quote of a pair with several: the claim with it alone, and with all the others."""
    if len(pair.evidence) < 2:
        return
    for place, quote in enumerate(pair.evidence):
        rest = pair.evidence[:place] + pair.evidence[place + 1 :]
        yield Pair(pair.claim, (quote,)), Pair(pair.claim, rest)


def pairs_to_judge(reply: GivenReply) -> Iterator[Pair]:
    """Every pair the measures below ask for."""
    for claim in shown_claims(reply):
        pair = whole_pair(reply, claim)
        if pair is not None:
            yield pair
            for alone, rest in part_pairs(pair):
                yield alone
                yield rest


def supported(asked: Asked, pair: Pair | None) -> bool | None:
    """Whether the judge found the pair supported; None where it gave no verdict. No evidence is no support."""
    if pair is None:
        return False
    judgement = (asked.judged or {}).get(pair)
    return None if judgement is None or judgement.support is None else judgement.supported


def verdicts_of(asked: Asked, reply: GivenReply) -> list[bool | None] | Score:
    """Whether each claim shown is borne out by all it cites, or why that cannot be measured."""
    if asked.judged is None:
        return missing("no judge was run")
    claims = shown_claims(reply)
    return [supported(asked, whole_pair(reply, claim)) for claim in claims] or missing("nothing was claimed")


def share_supported(verdicts: list[bool | None]) -> Score:
    """The share of claims or citations that are supported; unmeasured where one has no verdict."""
    silent = verdicts.count(None)
    if silent:
        return missing("the judge gave no verdict on a claim")
    return share([bool(verdict) for verdict in verdicts])
