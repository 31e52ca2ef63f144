"""Faithfulness and citation measures that rest on a judge: the pairs they need judged, and what they make of verdicts.

A claim without a verdict leaves its case unmeasured. Verdicts are never dropped from a denominator, and an answer
that shows text but no claim counts as one claim that cites nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from evals.measures.base import Asked, Measure
from evals.measures.statements import unlisted
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


def _supported(asked: Asked, pair: Pair | None) -> bool | None:
    """Whether the judge found the pair supported; None where it gave no verdict. No evidence is no support."""
    if pair is None:
        return False
    judgement = (asked.judged or {}).get(pair)
    return None if judgement is None or judgement.support is None else judgement.supported


def _share(verdicts: list[bool | None]) -> Score:
    silent = verdicts.count(None)
    if silent:
        return missing("the judge gave no verdict on a claim")
    return share([bool(verdict) for verdict in verdicts])


def _faithfulness(asked: Asked, reply: GivenReply) -> Score:
    if asked.judged is None:
        return missing("no judge was run")
    claims = shown_claims(reply)
    if not claims:
        return missing("nothing was claimed")
    return _share([_supported(asked, whole_pair(reply, claim)) for claim in claims])


def _citation_recall(asked: Asked, reply: GivenReply) -> Score:
    if asked.judged is None:
        return missing("no judge was run")
    claims = shown_claims(reply)
    if not claims:
        return missing("nothing was claimed")
    verdicts = [_supported(asked, whole_pair(reply, claim)) for claim in claims]
    bare = unlisted(reply.answer, [claim.text for claim in claims])
    return _share([*verdicts, *(False for _ in bare)])


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
    return _share(verdicts)


def _needed(asked: Asked, pair: Pair) -> list[bool | None]:
    """For each citation of a claim, whether it bears the claim out alone or with the others, and is needed."""
    whole = _supported(asked, pair)
    if len(pair.evidence) < 2 or not whole:
        return [whole] * len(pair.evidence)
    found: list[bool | None] = []
    for alone, rest in part_pairs(pair):
        by_itself, without = _supported(asked, alone), _supported(asked, rest)
        found.append(None if by_itself is None or without is None else by_itself or not without)
    return found


FAITHFULNESS = Measure(
    name="faithfulness",
    about="share of the claims shown that the judge finds borne out by the very quotes they cite",
    source="attribution as in AIS, Rashkin et al. 2023; a claim that cites nothing is not borne out",
    of=_faithfulness,
    group="citations",
    judged=True,
)
CITATION_RECALL = Measure(
    name="citation_recall",
    about="share of the answer's sentences, listed as claims or not, that their citations bear out",
    source="ALCE, Gao et al. 2023, citation recall",
    of=_citation_recall,
    group="citations",
    judged=True,
)
CITATION_PRECISION = Measure(
    name="citation_precision",
    about="share of citations whose claim is borne out and that it needs: alone they support it, or without them the "
    "others do not",
    source="ALCE, Gao et al. 2023, citation precision",
    of=_citation_precision,
    group="citations",
    judged=True,
)
