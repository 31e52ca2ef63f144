"""Makes the claims to show, and the sentences to list as withheld, from verified sentences and citations."""

from __future__ import annotations

from collections.abc import Sequence

from rag.stance.certainty import certainty_of
from rag.stance.kinds import is_opinion_piece, kind_of
from rag.types import Attribution, Checked, Citation, Claim, ClaimKind, Passage, Support, Verdict, Withheld


def claim_from(checked: Checked, citations: Sequence[Citation], passages: Sequence[Passage]) -> Claim:
    """The claim that a supported sentence makes.

    Args:
        checked: the verified sentence.
        citations: those that support it, at least one.
        passages: all passages, from which the kind of the cited articles is read.
    """
    return Claim(
        text=checked.sentence.text,
        citations=tuple(citation.number for citation in citations),
        verdict=checked.verdict,
        attribution=checked.attribution,
        certainty=checked.certainty,
        kind=_kind(checked.sentence.text, citations, passages),
    )


def verbatim_claim(citation: Citation, attribution: Attribution | None, passages: Sequence[Passage]) -> Claim:
    """A claim that is the citation's quote."""
    return Claim(
        text=citation.quote,
        citations=(citation.number,),
        verdict=Verdict(Support.SUPPORTED, 1.0),
        attribution=attribution,
        certainty=certainty_of(citation.quote, attribution),
        kind=_kind(citation.quote, (citation,), passages),
    )


def withheld_from(checked: Checked) -> Withheld:
    """The sentence as withheld. A verdict of support that names no quote does not count as one."""
    verdict = checked.verdict
    if verdict.support is Support.SUPPORTED:
        reasons = (*verdict.reasons, "no exact words support it")
        verdict = Verdict(Support.NOT_ENOUGH_INFO, verdict.score, reasons)
    return Withheld(checked.sentence.text, verdict, checked.nearest)


def _kind(text: str, citations: Sequence[Citation], passages: Sequence[Passage]) -> ClaimKind:
    """The kind of a claim; opinion only if every article it cites is an opinion piece, or its own words are."""
    articles = {citation.article_id for citation in citations}
    chunks = [[p.chunk for p in passages if p.chunk.article_id == article] for article in articles]
    return kind_of(text, opinion_piece=all(map(is_opinion_piece, chunks)))
