"""Finds pairs of cited sources that differ on a fact, and leaves out those of which both sides can be true."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations

from rag.facts.contradictions import denial_of
from rag.facts.difference import Difference, Topic
from rag.facts.disagreement import differences
from rag.facts.figures import former_values
from rag.facts.reversals import reversal, tells_of_earlier
from rag.facts.scopes import Scoped, are_of_different_scopes
from rag.facts.updates import MAX_AGE_GAP, kind_of, known_on, moment
from rag.language.calendar import resolved_times
from rag.language.content_words import content
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.opposites import opposites_of
from rag.passages import with_headline
from rag.stance.denials import contradicts
from rag.types import Citation, ConflictKind, Passage

_CALLS_A_REPORT_WRONG = re.compile(
    r"\b(?:report|story|article|account|claim)s?\s+(?:by|in|of|from)\s+(?:the\s+)?[A-ZÀ-Þ]"
)
_ASKS_AHEAD = re.compile(
    r"^\W*(?:(?:on|by|from) )?(?:when|what|which)\b.*\b(?:will|going to)\b", re.IGNORECASE | re.DOTALL
)
_MOST = word_set("most least fewest best worst")
_MIN_SHARED = 2  # content lemmas that a report and its contradiction have in common
_REPLY_WITHIN = timedelta(days=7)  # from a report to a denial that names its outlet


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
    citations: Sequence[Citation], question: str = "", passages: Mapping[str, Passage] | None = None
) -> list[Dispute]:
    """The disputes between all pairs of citations; passages of one article or its reprints are never compared.

    Words of ``question`` count as shared context, since all citations answer it. ``passages`` are those cited, by
    chunk.
    """
    found = []
    for a, b in combinations(citations, 2):
        if is_one_voice(a, b):
            continue
        older, newer = sorted((a, b), key=moment)
        found += [Dispute(older, newer, d) for d in _differences(older, newer, question)]
        if undone := undone_by(older, newer):
            found.append(Dispute(older, newer, undone))
    return [each for each in found if not is_no_dispute(each, question, passages or {})]


def is_no_dispute(dispute: Dispute, question: str, passages: Mapping[str, Passage]) -> bool:
    """Whether both sides can be true: they are of different times or of different things."""
    return (
        are_of_different_times(dispute)
        or _are_extremes(dispute.older.quote, dispute.newer.quote)
        or _is_of_other_scope(dispute, question, passages)
        or (dispute.difference.topic is Topic.DATE and _is_over(dispute, question))
    )


def _are_extremes(older: str, newer: str) -> bool:
    """Whether one tells of the most and the other of the least: "the highest price", "the lowest price"."""
    ours, theirs = (_superlatives(text) for text in (older, newer))
    return bool(opposites_of(*ours) & theirs) and not ours & theirs


def _superlatives(text: str) -> set[str]:
    """The superlatives of a text, those in "-est" as their plain forms."""
    ends = {word.lemma for word in words_of(text) if word.key.endswith("est") and word.lemma != word.key}
    return ends | {word.key for word in words_of(text) if word.key in _MOST}


def _is_over(dispute: Dispute, question: str) -> bool:
    """Whether a day that should be in the future was in the past when it was reported."""
    if not _ASKS_AHEAD.search(question):
        return False
    sides = zip((dispute.older, dispute.newer), dispute.difference.says, strict=True)
    return any(_is_past_day(said, known.date()) for side, said in sides if (known := known_on(side)))


def _is_past_day(said: str, known: date) -> bool:
    days = [day for dated in resolved_times(said, known) for day in dated.days]
    return bool(days) and max(days) < known


def _is_of_other_scope(dispute: Dispute, question: str, passages: Mapping[str, Passage]) -> bool:
    """Whether the figures of a dispute hold for different places, organisations or people."""
    if not dispute.difference.figures:
        return False
    one, other = (
        Scoped(side.quote, figure, _context(side, passages.get(side.chunk_id)))
        for side, figure in zip((dispute.older, dispute.newer), dispute.difference.figures, strict=True)
    )
    return are_of_different_scopes(one, other, question)


def _context(citation: Citation, passage: Passage | None) -> str:
    """What is told around a citation: headline and text of its passage, or what the citation itself has of them."""
    return with_headline(passage) if passage else f"{citation.title or ''}.\n{citation.quote}"


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
    return apart > MAX_AGE_GAP and kind_of(dispute.older, dispute.newer, dispute.difference) is not ConflictKind.UPDATE


def is_one_voice(a: Citation, b: Citation) -> bool:
    """Whether two citations are from the same article or from reprints of each other."""
    return a.article_id == b.article_id or a.article_id in b.also_in or b.article_id in a.also_in or a.quote == b.quote
