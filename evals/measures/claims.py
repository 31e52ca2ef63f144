"""The pairs of claim and evidence that a judge decides for the judged measures, and how its verdicts are counted.

A claim without a verdict leaves the whole case unmeasured: it is never dropped from the denominator. An answer that
shows text but lists no claims counts as one claim without citations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evals.measures.base import Asked
from evals.replies import GivenClaim, GivenReply
from evals.types import Pair, Score, missing, share


def shown_claims(reply: GivenReply) -> tuple[GivenClaim, ...]:
    """The claims of an answer. If it lists none, its whole text is one claim without citations."""
    if not reply.answered:
        return ()
    return reply.claims or ((GivenClaim(text=reply.answer),) if reply.answer.strip() else ())


def whole_pair(reply: GivenReply, claim: GivenClaim) -> Pair | None:
    """The claim with all quotes it cites, or None if it cites none."""
    quotes = tuple(citation.quote for citation in reply.cited(claim))
    return Pair(claim.text, quotes) if quotes else None


def part_pairs(pair: Pair) -> Iterator[tuple[Pair, Pair]]:
    """For each quote of a pair with several quotes: the claim with that quote alone, and with all the others."""
    if len(pair.evidence) < 2:
        return
    for place, quote in enumerate(pair.evidence):
        rest = pair.evidence[:place] + pair.evidence[place + 1 :]
        yield Pair(pair.claim, (quote,)), Pair(pair.claim, rest)


def pairs_to_judge(reply: GivenReply) -> Iterator[Pair]:
    """Every pair whose verdict the judged measures need."""
    for claim in shown_claims(reply):
        pair = whole_pair(reply, claim)
        if pair is not None:
            yield pair
            for alone, rest in part_pairs(pair):
                yield alone
                yield rest


def judged_share(replies: Iterable[GivenReply]) -> float:
    """The share of the claims shown that have citations. Only these are put to a judge; 1 if no claim is shown."""
    cited = [whole_pair(reply, claim) is not None for reply in replies for claim in shown_claims(reply)]
    return sum(cited) / len(cited) if cited else 1.0


def supported(asked: Asked, pair: Pair | None) -> bool | None:
    """Whether the judge found the pair supported; None without a verdict. A claim without evidence is unsupported."""
    if pair is None:
        return False
    judgement = (asked.judged or {}).get(pair)
    return None if judgement is None or judgement.support is None else judgement.supported


def verdicts_of(asked: Asked, reply: GivenReply) -> list[bool | None] | Score:
    """Whether all quotes together support each claim shown, or a missing score with the reason."""
    if asked.judged is None:
        return missing("no judge was run")
    claims = shown_claims(reply)
    return [supported(asked, whole_pair(reply, claim)) for claim in claims] or missing("no claim was shown")


def share_supported(verdicts: list[bool | None]) -> Score:
    """The share of supported claims or citations; missing if one has no verdict."""
    if None in verdicts:
        return missing("the judge gave no verdict on a claim")
    return share([bool(verdict) for verdict in verdicts])
