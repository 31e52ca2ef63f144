"""Classifies the difference between two dated citations: an update, a rival count or a contradiction."""

from __future__ import annotations

from datetime import datetime, timedelta

from rag.facts.difference import Difference, Topic
from rag.facts.figures import facts_of, former_values
from rag.language.quantities import Kind, quantities_of
from rag.language.stems import stems
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.stance.attribution import find_attribution
from rag.types import Citation, ConflictKind

_UPDATE_WORDS = word_set(
    "correct corrected correction corrects corrections revise revised revises lowered updated upgraded risen "
    "brings bringing rose climbed raised increased now postponed delayed instead earlier previously formerly "
    "originally wrong mistaken error"
)
_RETRACTION_WORDS = word_set(
    "correct corrected correction corrects corrections revised retracted withdrawn wrong mistaken error"
)
MAX_AGE_GAP = timedelta(days=31)
"""Reports further apart refer to different times, unless the later one says otherwise."""


def known_on(citation: Citation) -> datetime | None:
    """When a citation's article was last updated, else published; None if it has no date."""
    return citation.updated or citation.published


def moment(citation: Citation) -> tuple[float, int]:
    """Sort key: the citation's date, with undated ones first, then its number."""
    date = known_on(citation)
    return (date.timestamp() if date else float("-inf"), citation.number)


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
    if not one or not other or not before or not after or after - before > MAX_AGE_GAP:
        return False
    first, second = frozenset(stems(one.speaker)), frozenset(stems(other.speaker))
    return bool(first and second) and (first <= second or second <= first)


def _names_older(older: Citation, newer: Citation) -> bool:
    """The newer one gives the older figure too ("34 ships, up from 11"), which the older one does not reject."""
    values = {q.value for q in quantities_of(newer.quote)} - former_values(older.quote)
    return any(q.value in values for q in quantities_of(older.quote) if q.kind is not Kind.ORDINAL)
