"""Finds cited sources that differ on a fact; classifies each case as an update, a rival count or a contradiction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from rag.facts.contradictions import denial_of
from rag.facts.difference import Difference, Topic
from rag.facts.disagreement import differences
from rag.facts.figures import facts_of, former_values
from rag.facts.reversals import reversal, tells_of_earlier
from rag.facts.scopes import Scoped, are_of_different_scopes
from rag.language.content_words import content
from rag.language.quantities import Kind, quantities_of
from rag.language.stems import stems
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.stance.attribution import find_attribution
from rag.stance.denials import contradicts
from rag.types import Citation, Conflict, ConflictKind

_UPDATE_WORDS = word_set(
    "correct corrected correction corrects corrections revise revised revises lowered updated upgraded risen "
    "brings bringing rose climbed raised increased now postponed delayed instead earlier previously formerly "
    "originally wrong mistaken error"
)
_CALLS_A_REPORT_WRONG = re.compile(
    r"\b(?:report|story|article|account|claim)s?\s+(?:by|in|of|from)\s+(?:the\s+)?[A-ZÀ-Þ]"
)
_MIN_SHARED = 2  # content lemmas that a report and its contradiction have in common
_MAX_AGE_GAP = timedelta(days=31)
_REPLY_WITHIN = timedelta(days=7)  # from a report to a denial that names its outlet
_RETRACTION_WORDS = word_set(
    "correct corrected correction corrects corrections revised retracted withdrawn wrong mistaken error"
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two citations, older first, and the fact on which they differ."""

    older: Citation
    newer: Citation
    difference: Difference

    @classmethod
    def between(cls, one: Citation, other: Citation, difference: Difference) -> Dispute:
        """Orders the citations by time and turns ``difference``, which is in argument order, accordingly."""
        if moment(other) < moment(one):
            return cls(other, one, difference.turned)
        return cls(one, other, difference)


def disputes(
    citations: Sequence[Citation], question: str = "", contexts: Mapping[str, str] | None = None
) -> list[Dispute]:
    """The disputes between all pairs of citations; passages of one article or its reprints are never compared.

    Words of ``question`` count as shared context, since all citations answer it. ``contexts`` holds headline and text
    of the passages by chunk.
    """
    found = []
    for a, b in combinations(citations, 2):
        if is_one_voice(a, b):
            continue
        older, newer = sorted((a, b), key=moment)
        found += [Dispute(older, newer, d) for d in _differences(older, newer, question)]
        if undone := undone_by(older, newer):
            found.append(Dispute(older, newer, undone))
    return [each for each in found if not (are_of_different_times(each) or is_of_other_scope(each, question, contexts))]


def is_of_other_scope(dispute: Dispute, question: str, contexts: Mapping[str, str] | None = None) -> bool:
    """Whether the figures of a dispute hold for different places, organisations or people."""
    if not dispute.difference.figures:
        return False
    one, other = (
        Scoped(side.quote, figure, (contexts or {}).get(side.chunk_id) or f"{side.title or ''}.\n{side.quote}")
        for side, figure in zip((dispute.older, dispute.newer), dispute.difference.figures, strict=True)
    )
    return are_of_different_scopes(one, other, question)


def undone_by(older: Citation, newer: Citation, told: str = "") -> Difference | None:
    """The difference if the newer citation says that what the older one reports has been undone since.

    ``told`` is the sentence before the newer one.
    """
    before, after = known_on(older), known_on(newer)
    if not before or not after or before >= after:
        return None
    undone = reversal(older.quote, newer.quote, f"{newer.title or ''}.\n{told}")
    return undone if undone and not tells_of_earlier(newer.quote, before.date(), after.date()) else None


def _differences(older: Citation, newer: Citation, question: str) -> list[Difference]:
    """The differences between two citations.

    If the newer one contradicts the report of a named outlet, that denial counts only against a report that this
    outlet published in the week before.
    """
    if not _CALLS_A_REPORT_WRONG.search(newer.quote) or not contradicts(newer.quote):
        return differences(older.quote, newer.quote, question)
    if older.outlet and older.outlet in newer.quote:
        if not is_reply_in_time(older.published, newer.published):
            return []
        shared = (content(older.quote) & content(newer.quote)) - content(older.outlet)
        return [denial_of(newer.quote)] if len(shared) >= _MIN_SHARED else []
    return [d for d in differences(older.quote, newer.quote, question) if d.topic is not Topic.DENIAL]


def is_reply_in_time(report: datetime | None, denial: datetime | None) -> bool:
    """Whether a denial was published within seven days of the report; also True if a date is unknown."""
    return not report or not denial or timedelta(0) <= denial - report <= _REPLY_WITHIN


def are_of_different_times(dispute: Dispute) -> bool:
    """Whether two figures were reported more than 31 days apart and neither report refers to the other: both hold.

    The later may update the earlier figure, or the earlier may reject the later one ("1,150 jobs and not 800").
    """
    if dispute.difference.topic is not Topic.NUMBER or not dispute.older.published or not dispute.newer.published:
        return False
    apart = dispute.newer.published - dispute.older.published
    if any(figure.amount.value in former_values(dispute.older.quote) for figure in dispute.difference.figures):
        return False
    return apart > _MAX_AGE_GAP and kind_of(dispute.older, dispute.newer, dispute.difference) is not ConflictKind.UPDATE


def conflicts_of(found: Iterable[Dispute]) -> tuple[Conflict, ...]:
    """Groups the disputes by fact, with the oldest citation first in each conflict.

    The kind is UPDATE if the newest figure says that it corrects the earlier ones or comes later from the same
    outlet, COUNT for other differing figures, and CONFLICT for everything else.
    """
    grouped: dict[tuple[str, ConflictKind | None], list[Dispute]] = {}
    for dispute in found:
        kind = None if dispute.difference.says else kind_of(dispute.older, dispute.newer, dispute.difference)
        grouped.setdefault((dispute.difference.about, kind), []).append(dispute)
    return tuple(_conflict(group) for group in grouped.values())


@dataclass(frozen=True, slots=True)
class _Side:
    """What one citation says on the disputed fact; ``value`` is its figure, if it gives one."""

    citation: Citation
    said: str
    value: float | None

    def same(self, other: _Side) -> bool:
        """Whether both say the same, in digits or in words ("17", "seventeen")."""
        if self.value is not None and other.value is not None:
            return self.value == other.value
        return self.said.casefold() == other.said.casefold()


def _conflict(group: Sequence[Dispute]) -> Conflict:
    sides = _sides(group)
    named = group[0].difference.name
    kinds = [kind_of(dispute.older, dispute.newer, dispute.difference) for dispute in group]
    numbers = tuple(side.citation.number for side in sides)
    says = tuple(side.said for side in sides)
    if not all(says):
        return Conflict(named, kinds[0], numbers)
    if ConflictKind.UPDATE in kinds and (latest := _updating_side(group, sides)):
        former = ", ".join(f"{s.said} ({_day(s.citation)})" for s in _distinct(sides) if not s.same(latest))
        text = f"superseded: {former}; now {latest.said} ({_day(latest.citation)})"
        return Conflict(f"{named}: {text}", ConflictKind.UPDATE, numbers, says)
    rivalry = ConflictKind.COUNT if group[0].difference.topic is Topic.NUMBER else ConflictKind.CONFLICT
    different = _distinct(sides)
    changes = group[0].difference.topic in {Topic.NUMBER, Topic.DATE}
    if not changes or len({_day(side.citation) for side in different}) == 1:
        return Conflict(f"{named}: {' or '.join(side.said for side in different)}", rivalry, numbers, says)
    text = " or ".join(f"{side.said} ({_day(side.citation)})" for side in different)
    return Conflict(f"{named}: {text}", rivalry, numbers, says)


def _sides(group: Iterable[Dispute]) -> list[_Side]:
    """The distinct citations of the disputes, oldest first."""
    found: dict[Citation, _Side] = {}
    for dispute in group:
        says = dispute.difference.says or ("", "")
        values = tuple(fact.amount.value for fact in dispute.difference.figures)
        figures: tuple[float | None, ...] = values or (None, None)
        for citation, said, value in zip((dispute.older, dispute.newer), says, figures, strict=True):
            found.setdefault(citation, _Side(citation, said, value))
    return sorted(found.values(), key=lambda side: moment(side.citation))


def _distinct(sides: Sequence[_Side]) -> list[_Side]:
    """The sides without repetitions; the first to say something is kept."""
    return [side for n, side in enumerate(sides) if not any(side.same(before) for before in sides[:n])]


def _updating_side(group: Sequence[Dispute], sides: Sequence[_Side]) -> _Side | None:
    """The first side that gives the newest value as an update of everything before, or None if there is none.

    A value that recurs after a different one is no update: its sources disagree.
    """
    settled = len(sides) - 1
    while settled and sides[settled - 1].same(sides[-1]):
        settled -= 1
    before, after = sides[:settled], sides[settled:]
    if any(side.same(sides[-1]) for side in before):
        return None
    difference = group[0].difference
    for side in after:
        if all(kind_of(one.citation, side.citation, difference) is ConflictKind.UPDATE for one in before):
            return side
    return None


def _day(citation: Citation) -> str:
    date = known_on(citation)
    return f"{date.day} {date:%B %Y}" if date else "undated"


def known_on(citation: Citation) -> datetime | None:
    """When a citation's article was last updated, else published; None if it has no date."""
    return citation.updated or citation.published


def moment(citation: Citation) -> tuple[float, int]:
    """Sort key: the citation's date, with undated ones first, then its number."""
    date = known_on(citation)
    return (date.timestamp() if date else float("-inf"), citation.number)


def is_one_voice(a: Citation, b: Citation) -> bool:
    """Whether two citations are from the same article or from reprints of each other."""
    return a.article_id == b.article_id or a.article_id in b.also_in or b.article_id in a.also_in or a.quote == b.quote


def kind_of(older: Citation, newer: Citation, difference: Difference) -> ConflictKind:
    """Whether the newer citation updates the older, gives a rival count, or contradicts it."""
    if difference.topic is Topic.OUTCOME:
        return ConflictKind.UPDATE
    is_denial, is_number = difference.topic is Topic.DENIAL, difference.topic is Topic.NUMBER
    before, after = known_on(older), known_on(newer)
    later = bool(before and after and before < after)
    corrects = _change_words(newer.quote) & (_RETRACTION_WORDS if is_denial else _UPDATE_WORDS)
    same_outlet = bool(older.outlet) and older.outlet == newer.outlet and not is_denial
    if later and (same_outlet or corrects or (is_number and _is_new_count(older, newer, difference))):
        return ConflictKind.UPDATE
    return ConflictKind.COUNT if is_number else ConflictKind.CONFLICT


def _change_words(quote: str) -> set[str]:
    """The words of the quote, without participles after "had been": "had been raised" tells of an earlier time."""
    words = words_of(quote)
    return {w.key for n, w in enumerate(words) if [v.key for v in words[max(0, n - 2) : n]] != ["had", "been"]}


def says_it_changes(quote: str) -> bool:
    """Whether the words tell of a change or a correction."""
    return any(word.key in _UPDATE_WORDS for word in words_of(quote))


def _is_new_count(older: Citation, newer: Citation, difference: Difference) -> bool:
    """Whether the newer one counts anew: it gives the old figure too, or has the same source, or says who is left."""
    counts = frozenset[str]().union(*(figure.counts for figure in difference.figures))
    is_left = any(fact.is_left and fact.counts & counts for fact in facts_of(newer.quote))
    return is_left or _names_older(older, newer) or _same_source(older, newer)


def _same_source(older: Citation, newer: Citation) -> bool:
    """Whether both figures come from one source ("the rescue service"), the newer within 31 days of the older."""
    one, other = find_attribution(older.quote), find_attribution(newer.quote)
    before, after = known_on(older), known_on(newer)
    if not one or not other or not before or not after or after - before > _MAX_AGE_GAP:
        return False
    first, second = frozenset(stems(one.speaker)), frozenset(stems(other.speaker))
    return bool(first and second) and (first <= second or second <= first)


def _names_older(older: Citation, newer: Citation) -> bool:
    """The newer one gives the older figure too ("34 ships, up from 11"), which the older one does not reject."""
    values = {q.value for q in quantities_of(newer.quote)} - former_values(older.quote)
    return any(q.value in values for q in quantities_of(older.quote) if q.kind is not Kind.ORDINAL)
