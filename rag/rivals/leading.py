"""Chooses the figure that an answer leads with.

It is the newest one, the one known on the day the question names, or one whose change a sentence states.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from rag.checks.names import names_lacking
from rag.facts.difference import Difference, Topic
from rag.facts.disputes import Dispute
from rag.facts.figures import facts_of, former_values
from rag.facts.updates import kind_of, known_on, moment, says_it_changes
from rag.instructions import reports_of
from rag.language.content_words import content
from rag.language.words import key_at, words_of
from rag.passages import with_headline
from rag.question.answer_type import asked_type
from rag.question.target import asks_for_the_latest, is_asked, is_from_asked_source, those_on
from rag.recency import day_asked, newest_first
from rag.stance.certainty import certainty_of
from rag.types import Attribution, Certainty, Citation, Claim, ConflictKind, Passage, Quote

_HOW_MANY = re.compile(
    r"\bhow many((?: [\w'’-]+){1,4}?) (?:is|are|was|were|have|has|had|do|does|did|will|can|may|must)\b", re.IGNORECASE
)
_WHY_OR_HOW = re.compile(r"\b(?:why|how)\b", re.IGNORECASE)
_FIRM = {Certainty.STATED, Certainty.LIKELY}  # certainties with which a figure may lead an answer


def leading_figure(
    disputes: Sequence[Dispute], attributions: Mapping[int, Attribution | None], question: str
) -> Citation | None:
    """The citation of the newest figure that the question asks for; None if no figure clearly supersedes another.

    If several citations give that figure, prefer one that mentions the change, then the one that shares most words
    with the question, then the most recent.

    Args:
        disputes: pairs of citations that differ.
        attributions: who says each citation, by citation number.
        question: standing alone.
    """
    newest_report = max((day for dispute in disputes if (day := _day(dispute.newer))), default=None)
    if newest_report and (until := day_asked(question, newest_report)):
        return _newest_by(until, disputes, attributions, question)
    if not asks_for_the_latest(question):
        return None
    later = [d for d in disputes if _is_led_to(d.difference, question) and _supersedes(d)]
    later = [d for d in later if not _replaces_asked_source(d, attributions, question)]
    firm = [d for d in later if certainty_of(d.newer.quote, attributions[d.newer.number]) in _FIRM]
    if not firm:
        return None
    latest = _newer_figure(max(firm, key=lambda dispute: moment(dispute.newer)))
    same = [dispute.newer for dispute in firm if _newer_figure(dispute) == latest]
    return max(same, key=lambda c: (says_it_changes(c.quote), len(content(question) & content(c.quote)), *moment(c)))


def _is_led_to(difference: Difference, question: str) -> bool:
    """Whether a newer report may lead: for an event undone since, only if no detail of the event is asked for."""
    is_open = asked_type(question) is None and not _WHY_OR_HOW.search(question)
    return is_asked(difference, question) and (difference.topic is not Topic.OUTCOME or is_open)


def stated_change(question: str, passages: Sequence[Passage], shown: Sequence[str]) -> Quote | None:
    """The newest sentence that says how the count asked for has changed ("the number of trams … from 22 to 31").

    None if a shown sentence already gives such a count, or the question asks for no count or for an earlier one.

    Args:
        question: standing alone.
        passages: searched for the sentence.
        shown: the texts of the claims.
    """
    noun = _counted_noun(question)
    if not noun or not asks_for_the_latest(question) or any(_counts(noun, text) for text in shown):
        return None
    found = [
        (newest_first(passage.chunk.published), Quote(passage.number, sentence.span))
        for passage in those_on(question, passages)
        if not names_lacking(question, with_headline(passage))
        for sentence in reports_of(passage)
        if former_values(sentence.text) and _counts(noun, sentence.text) and certainty_of(sentence.text) in _FIRM
    ]
    return min(found, key=lambda one: one[0])[1] if found else None


def _counted_noun(question: str) -> frozenset[str]:
    """Content lemmas of "of Maristad's trams" in "How many of Maristad's trams are standing still?"."""
    match = _HOW_MANY.search(question)
    return content(match[1]) if match else frozenset()


def _counts(noun: frozenset[str], text: str) -> bool:
    """Whether the text counts what the noun names; "nine of the trams" counts only a part."""
    words = words_of(text)
    return any(
        fact.counts & noun and not fact.is_change and key_at(words, fact.amount.last + 1) != "of"
        for fact in facts_of(text)
    )


def newer_first(claims: Sequence[Claim], disputes: Sequence[Dispute], question: str) -> tuple[Claim, ...]:
    """The claims, reordered so that an update comes before what it supersedes; unchanged if the past is asked about."""
    ordered = list(claims)
    if not asks_for_the_latest(question):
        return tuple(ordered)
    for dispute in disputes:
        if kind_of(dispute.older, dispute.newer, dispute.difference) is not ConflictKind.UPDATE:
            continue
        older = next((n for n, claim in enumerate(ordered) if dispute.older.number in claim.citations), len(ordered))
        newer = next((n for n, claim in enumerate(ordered) if dispute.newer.number in claim.citations), -1)
        if older < newer:
            ordered.insert(older, ordered.pop(newer))
    return tuple(ordered)


def _newest_by(
    until: date, disputes: Sequence[Dispute], attributions: Mapping[int, Attribution | None], question: str
) -> Citation | None:
    """The newest of the requested figures that was known by the day ``until``."""
    about = [dispute for dispute in disputes if is_asked(dispute.difference, question)]
    known = [d.newer for d in about if _supersedes(d)] + [d.older for d in about if (_day(d.newer) or until) > until]
    firm = [c for c in known if (_day(c) or until) <= until and certainty_of(c.quote, attributions[c.number]) in _FIRM]
    return max(firm, key=moment, default=None)


def _day(citation: Citation) -> date | None:
    known = known_on(citation)
    return known.date() if known else None


def _replaces_asked_source(dispute: Dispute, attributions: Mapping[int, Attribution | None], question: str) -> bool:
    """Whether only the older figure has the source that the question asks for ("according to the police")."""
    older, newer = (is_from_asked_source(question, attributions[c.number]) for c in (dispute.older, dispute.newer))
    return older and not newer


def _newer_figure(dispute: Dispute) -> float | str:
    difference = dispute.difference
    return difference.figures[1].amount.value if difference.figures else difference.says[1].casefold()


def _supersedes(dispute: Dispute) -> bool:
    """Whether the newer figure supersedes the older one: it says so, or was published at least a day later."""
    kind = kind_of(dispute.older, dispute.newer, dispute.difference)
    older, newer = dispute.older.published, dispute.newer.published
    is_later = bool(older and newer and newer - older >= timedelta(days=1))
    return kind is ConflictKind.UPDATE or (
        kind is ConflictKind.COUNT and is_later and _names_what_it_counts(dispute.newer.quote)
    )


def _names_what_it_counts(quote: str) -> bool:
    """Whether a quote names what it counts, unlike a rival estimate given in passing ("police speak of 3,500")."""
    return any(fact.counts for fact in facts_of(quote))
