"""What matters for news: who said it, how surely, who disagrees, and nothing from after the date asked about."""

from __future__ import annotations

from datetime import datetime

from evals.measures.answers import contains, normalised
from evals.measures.base import Asked, Measure, wrong
from evals.measures.places import touches
from evals.replies import GivenClaim, GivenReply
from evals.types import Expect, Score, missing
from rag.types import Certainty, ConflictKind

FIRMNESS = {
    Certainty.STATED: 4,
    Certainty.LIKELY: 3,
    Certainty.POSSIBLE: 2,
    Certainty.ALLEGED: 1,
    Certainty.DENIED: 0,
}
"""How firmly each says a thing is so. To move up is to harden it."""


def _attribution_kept(asked: Asked, reply: GivenReply) -> Score:
    speaker = asked.case.speaker
    if speaker is None:
        return missing("the case names no speaker")
    if not reply.answered:
        return missing("refused")
    credited = [claim.attribution.speaker for claim in reply.claims if claim.attribution]
    named = contains(reply.answer, [speaker]) or any(_same_speaker(speaker, name) for name in credited)
    return Score(float(named))


def _same_speaker(wanted: str, given: str) -> bool:
    """One name within the other, as whole words: "Brandt" is "Mayor Ida Brandt"."""
    return bool(normalised(given)) and (contains(wanted, [given]) or contains(given, [wanted]))


ATTRIBUTION_KEPT = Measure(
    name="attribution_kept",
    about="the answer credits who said it, in its text or as the claim's attribution",
    source="ours; sourcing failures as in the EBU/BBC study of news assistants, 2025",
    of=_attribution_kept,
    group="news",
)


def answering_claims(asked: Asked, reply: GivenReply) -> list[GivenClaim]:
    """The claims that carry the answer: they hold a reference answer, or cite the words that do; else all."""
    case = asked.case
    telling = [claim for claim in reply.claims if case.answers and contains(claim.text, case.answers)]
    if not telling:
        cited = [(claim, c, r) for claim in reply.claims for c in reply.cited(claim) for r in case.relevant if r.quotes]
        telling = [claim for claim, citation, relevant in cited if touches(citation, relevant, asked)]
    return telling or list(reply.claims)


def _certainties(asked: Asked, reply: GivenReply) -> list[Certainty] | Score:
    if asked.case.certainty is None:
        return missing("the case names no certainty")
    if not reply.answered:
        return missing("refused")
    found = [claim.certainty for claim in answering_claims(asked, reply) if claim.certainty]
    return found or missing("the chatbot does not say how certain it is")


def _certainty_kept(asked: Asked, reply: GivenReply) -> Score:
    found = _certainties(asked, reply)
    return found if isinstance(found, Score) else Score(float(asked.case.certainty in found))


def _hardened(asked: Asked, reply: GivenReply) -> Score:
    found = _certainties(asked, reply)
    if isinstance(found, Score) or asked.case.certainty is None:
        return found if isinstance(found, Score) else missing("the case names no certainty")
    return Score(float(min(FIRMNESS[certainty] for certainty in found) > FIRMNESS[asked.case.certainty]))


CERTAINTY_KEPT = Measure(
    name="certainty_kept",
    about="the answering claim is as certain as its source: stated, likely, possible, alleged or denied",
    source="ours; hedging strength as in Rubin 2010",
    of=_certainty_kept,
    group="news",
)
HARDENED = Measure(
    name="hardened",
    about="share of answers that say more firmly what their source says less firmly",
    source="ours; factuality hardening, cf. Saurí and Pustejovsky 2009",
    of=_hardened,
    group="news",
    minus=True,
)


def _conflict_shown(asked: Asked, reply: GivenReply) -> Score:
    sides = {relevant.article_id for relevant in asked.case.relevant}
    shown = [_articles_of(reply, conflict.citations) & sides for conflict in reply.conflicts]
    return Score(float(any(len(articles) >= 2 for articles in shown)))


def _articles_of(reply: GivenReply, numbers: tuple[int, ...]) -> set[str]:
    return {a for c in reply.citations if c.number in numbers for a in (c.article_id, *c.also_in)}


CONFLICT_SHOWN = Measure(
    name="conflict_shown",
    about="a disagreement of the articles is shown, with a citation on each side",
    source="ours; after CONFLICTS, Cattan et al. 2025 (arXiv 2506.08500)",
    of=_conflict_shown,
    group="news",
    unfit=lambda case: None if case.expect is Expect.CONFLICT else "no conflict is expected",
    crashed=wrong,
)


def _false_conflict(asked: Asked, reply: GivenReply) -> Score:
    if asked.case.expect is not Expect.ANSWER or not reply.answered:
        return missing("not an answer to a case without conflict")
    return Score(float(any(conflict.kind is ConflictKind.CONFLICT for conflict in reply.conflicts)))


FALSE_CONFLICT = Measure(
    name="false_conflict",
    about="share of answers that show a contradiction where the golden set knows none (updates and counts aside)",
    source="ours",
    of=_false_conflict,
    group="news",
    minus=True,
)


def _future_leak(asked: Asked, reply: GivenReply) -> Score:
    as_of = asked.case.as_of
    if as_of is None:
        return missing("the case is not asked as of a date")
    shown = {c.article_id for c in reply.citations} | {other for c in reply.citations for other in c.also_in}
    retrieved = {other for chunk in reply.retrieved or () for other in (chunk.article_id, *chunk.also_in)}
    late = any(_later(asked, article_id, as_of) for article_id in shown | retrieved)
    dated = any(moment and moment > as_of for c in reply.citations for moment in (c.published, c.updated))
    return Score(float(late or dated or bool(reply.as_of and reply.as_of > as_of)))


def _later(asked: Asked, article_id: str, as_of: datetime) -> bool:
    """Known only after ``as_of``, or undated: an undated article is outside any dated window."""
    article = asked.articles.get(article_id)
    return article is not None and (article.known_from is None or article.known_from > as_of)


FUTURE_LEAK = Measure(
    name="future_leak",
    about="share of replies as of a date that cite, retrieve or date themselves by what was known only later",
    source="ours; the third invariant of DESIGN.md",
    of=_future_leak,
    group="news",
    minus=True,
)
