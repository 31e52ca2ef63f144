"""Converts a reply to JSON and to plain text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from index.markdown_styles import without_marks
from index.types import Coverage
from rag.language.quotations import with_missing_marks
from rag.types import Abstention, AbstentionReason, Answer, Citation, Claim, Conflict, Reply, Verdict, Withheld

UNSURE = "This may not answer the question: these are the closest sentences found."


def reply_json(reply: Reply, identity: str | None = None) -> dict[str, Any]:
    """The reply as JSON values; ``identity`` is the caller's id for the question."""
    citations = reply.citations if isinstance(reply, Answer) else reply.nearest
    return {
        "id": identity,
        "question": reply.question,
        "standalone_question": reply.trace.standalone_question,
        "status": "answered" if isinstance(reply, Answer) else "abstained",
        "reason": None if isinstance(reply, Answer) else reply.reason.value,
        "premise": None if isinstance(reply, Answer) else reply.premise,
        "as_of": iso(reply.as_of) if isinstance(reply, Answer) else None,
        "answer": answer_text(reply),
        "confidence": reply.confidence,
        "unsure": reply.unsure if isinstance(reply, Answer) else False,
        "claims": [_claim(claim) for claim in reply.claims] if isinstance(reply, Answer) else [],
        "citations": [citation_json(citation) for citation in citations],
        "withheld": [_withheld(withheld) for withheld in reply.withheld],
        "conflicts": [_conflict(conflict) for conflict in reply.conflicts] if isinstance(reply, Answer) else [],
        "notes": list(reply.trace.notes),
        "retrieved": [
            {
                "chunk_id": scored.chunk.id,
                "article_id": scored.chunk.article_id,
                "score": scored.score,
                "also_in": list(scored.printed_in),
            }
            for scored in reply.trace.retrieved
        ],
        "timings_ms": {step: round(spent, 1) for step, spent in reply.trace.timings_ms.items()},
    }


def answer_text(reply: Reply) -> str:
    """The reply as text: the cited sentences, or why there are none, what was searched and what comes nearest."""
    match reply:
        case Answer(claims=claims):
            return " ".join(f"{shown_text(claim)} {markers(claim)}" for claim in claims)
        case Abstention():
            return " ".join([_refusal(reply), *(_nearest(citation, reply.premise) for citation in reply.nearest)])


def shown_text(claim: Claim) -> str:
    """The claim's text without Markdown marks, and with a quotation mark that it lacks.

    It lacks one if it is from inside a longer quotation. The quotes of the citations stay exact.
    """
    return with_missing_marks(without_marks(claim.text))


def remarks(reply: Reply) -> tuple[str, ...]:
    """Remarks on the reply: that it is unsure, and what did not go as configured."""
    unsure = (UNSURE,) if isinstance(reply, Answer) and reply.unsure else ()
    return (*unsure, *reply.trace.notes)


def markers(claim: Claim) -> str:
    """The claim's citations as markers: ``[2][3]``."""
    return "".join(f"[{number}]" for number in claim.citations)


def searched_text(coverage: Coverage) -> str:
    """What was searched, in words: how many articles, with their dates and outlets."""
    if not coverage.articles:
        return "no articles"
    parts = ["1 article" if coverage.articles == 1 else f"{coverage.articles:,} articles"]
    if coverage.oldest and coverage.newest:
        oldest, newest = _day(coverage.oldest), _day(coverage.newest)
        parts.append(f"of {oldest}" if oldest == newest else f"from {oldest} to {newest}")
    if len(coverage.outlets) == 1:
        parts.append(f"by {coverage.outlets[0]}")
    elif coverage.outlets:
        parts.append(f"by {len(coverage.outlets)} outlets")
    undated = f" ({coverage.undated:,} undated)" if coverage.undated else ""
    return " ".join(parts) + undated


def refusal_lead(reply: Abstention) -> str:
    """Why there is no answer, as one sentence."""
    if reply.premise:
        return "The articles contradict what the question assumes."
    if not reply.searched.articles:
        return "No article falls within the dates and outlets asked about."
    match reply.reason:
        case AbstentionReason.OUTSIDE_DATES:
            return "The articles within the dates asked about do not say; others do."
        case AbstentionReason.NOTHING_RETRIEVED:
            return "Nothing in the archive is close to this question."
        case AbstentionReason.UNSUPPORTED:
            return "An answer was drafted, but the articles support no sentence of it."
        case AbstentionReason.NOT_IN_ARTICLES:
            return "The articles do not say."


def _refusal(reply: Abstention) -> str:
    searched = f" Searched: {searched_text(reply.searched)}." if reply.searched.articles else ""
    return f"{refusal_lead(reply)}{searched}"


def _nearest(citation: Citation, premise: int | None) -> str:
    where = ", ".join(part for part in (citation.title, citation.outlet, _day(citation.published)) if part)
    lead = "Nearest" if citation.number == 1 else "Also near"
    lead = "They say" if citation.number == premise else lead
    return f"{lead}: “{citation.quote}” [{citation.number}]" + (f" ({where})." if where else ".")


def _claim(claim: Claim) -> dict[str, Any]:
    spoken = claim.attribution
    return {
        "text": claim.text,
        "citations": list(claim.citations),
        "verdict": _verdict(claim.verdict),
        "attribution": {"speaker": spoken.speaker, "verb": spoken.verb} if spoken else None,
        "certainty": claim.certainty.value,
        "kind": claim.kind.value,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"support": verdict.support.value, "score": verdict.score, "reasons": list(verdict.reasons)}


def citation_json(citation: Citation) -> dict[str, Any]:
    """A citation as JSON values."""
    return {
        "number": citation.number,
        "article_id": citation.article_id,
        "title": citation.title,
        "outlet": citation.outlet,
        "published": iso(citation.published),
        "url": citation.url,
        "path": str(citation.path) if citation.path else None,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "also_in": list(citation.also_in),
        "same_story": list(citation.same_story),
    }


def _withheld(withheld: Withheld) -> dict[str, Any]:
    return {"text": withheld.text, "verdict": _verdict(withheld.verdict)}


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "about": conflict.about,
        "kind": conflict.kind.value,
        "citations": list(conflict.citations),
        "says": list(conflict.says),
    }


def iso(moment: datetime | None) -> str | None:
    """A date and time in ISO 8601; None for None."""
    return moment.isoformat() if moment else None


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%B %Y}" if moment else ""
