"""Cited sources that differ on the same fact: a number, a date, a place, a cause, or whether it happened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from rag.certainty import certainty_of
from rag.checks.negation import polarities
from rag.language.bounds import Bound
from rag.language.counted import GROUP_WORDS, counted
from rag.language.names import is_place, names_of, same_name
from rag.language.quantities import Kind, Quantity, quantities_of
from rag.language.times import When, whens_of
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.types import Certainty, Citation, Conflict, ConflictKind

_EMPTY = word_set(
    "the a an of in on at to for and or by from with that be have it its their his her he she they we is are was were "
    "been has had will would this these those as who which there not no say said tell told people person man more "
    "than also one two after before over when where while into about some all new first last year day week month "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december report according could may might do would percent cent per crown dollar euro "
    "pound million billion"
)
_CORRECTS = word_set(
    "correct corrected correction corrects corrections revise revised revises lowered updated update upgraded risen "
    "rose climbed raised increased now postponed delayed instead earlier previously formerly originally wrong "
    "mistaken error"
)
_RETRACTS = word_set(
    "correct corrected correction corrects corrections revised retracted withdrawn wrong mistaken error"
)
_DATELINE = re.compile(r"^[A-ZÀ-Þ][A-ZÀ-Þ .'-]+(?:, [A-Z][a-z]+\.? \d{1,2})?(?: \([^)]*\))? [-–—] ")
_CONTRADICTS = word_set(
    "contradict contradicts contradicted contradicting refute refuted refutes untrue false unfounded"
)
_CAUSE = re.compile(
    r"\b(?:caused by|because of|due to|blamed on|as a result of|sparked by|triggered by|attributed to|started by|"
    r"set off by|owing to|the cause was|was down to) (?P<cause>[^.,;]{3,60})",
    re.IGNORECASE,
)
_WHERE = word_set("in at near off outside inside from")
_ROUGHLY = 0.1


@dataclass(frozen=True, slots=True)
class _Difference:
    about: str
    is_number: bool = False
    is_denial: bool = False


def find_conflicts(citations: Sequence[Citation], question: str = "") -> tuple[Conflict, ...]:
    """Every fact on which two of the citations differ, oldest citation first in each.

    Passages of one article are never set against each other. A later figure of the same outlet, or one that says
    that it corrects an earlier one, is an UPDATE; other differing figures are a COUNT, everything else a CONFLICT.
    Words of ``question`` count as common ground, since all citations answer it.
    """
    found: dict[tuple[str, ConflictKind], list[Citation]] = {}
    for a, b in combinations(citations, 2):
        if _same_story(a, b):
            continue
        older, newer = sorted((a, b), key=_moment)
        for difference in _differences(older, newer, question):
            kind = _kind(older, newer, difference)
            sides = found.setdefault((difference.about, kind), [])
            sides.extend(c for c in (older, newer) if c not in sides)
    return tuple(
        Conflict(about, kind, tuple(c.number for c in sorted(sides, key=_moment)))
        for (about, kind), sides in found.items()
    )


def _moment(citation: Citation) -> tuple[float, int]:
    date = citation.updated or citation.published
    return (date.timestamp() if date else float("-inf"), citation.number)


def _same_story(a: Citation, b: Citation) -> bool:
    """One article, or reprints of one another."""
    return a.article_id == b.article_id or a.article_id in b.also_in or b.article_id in a.also_in or a.quote == b.quote


def _kind(older: Citation, newer: Citation, difference: _Difference) -> ConflictKind:
    later = bool(older.published and newer.published and newer.published > older.published)
    corrects = {w.key for w in words_of(newer.quote)} & (_RETRACTS if difference.is_denial else _CORRECTS)
    same_outlet = bool(older.outlet) and older.outlet == newer.outlet and not difference.is_denial
    if later and (same_outlet or corrects or (difference.is_number and _names_older(older, newer))):
        return ConflictKind.UPDATE
    return ConflictKind.COUNT if difference.is_number else ConflictKind.CONFLICT


def _names_older(older: Citation, newer: Citation) -> bool:
    """The newer one gives the older figure too ("34 ships, up from 11")."""
    values = {q.value for q in quantities_of(newer.quote)}
    return any(q.value in values for q in quantities_of(older.quote) if q.kind is not Kind.ORDINAL)


def _differences(older: Citation, newer: Citation, question: str) -> list[_Difference]:
    a, b = (_DATELINE.sub("", c.quote) for c in (older, newer))
    common = (_content(a) & _content(b)) | (_content(question) & (_content(a) | _content(b)))
    if len(common) < 2:
        return []
    finders: tuple[Callable[[str, str, frozenset[str]], str | None], ...] = (_numbers, _dates, _places, _causes)
    found = []
    for finder in finders:
        about = finder(a, b, common)
        if about:
            found.append(_Difference(about, is_number=finder is _numbers))
    if not found and (about := _happened(a, b, common, _content(question))):
        found.append(_Difference(about, is_denial=True))
    return found


@lru_cache(maxsize=512)
def _content(text: str) -> frozenset[str]:
    return frozenset(w.lemma for w in words_of(text) if w.key not in _EMPTY and not w.number and len(w.key) > 2)


def _numbers(a: str, b: str, common: frozenset[str]) -> str | None:
    """Amounts of the same thing, none of which fits any of the other side's."""
    for ours in _facts(a):
        rivals = [q for q in _facts(b) if _same_fact(ours, q, common)]
        if not rivals or any(_agree(ours[0], q[0]) for q in rivals):
            continue
        same_side = [q for q in _facts(a) if q is not ours and _same_fact(ours, q, common)]
        if any(_agree(q[0], r[0]) for q in same_side for r in rivals):
            continue  # this side reports the other's figure as well
        label = min(ours[1] & rivals[0][1] or ours[1] or {"amount"})
        return f"{label}: {_phrase(ours[0])} or {_phrase(rivals[0][0])}"
    return None


@lru_cache(maxsize=512)
def _facts(text: str) -> tuple[tuple[Quantity, frozenset[str], frozenset[str]], ...]:
    words = words_of(text)
    kinds = {Kind.COUNT, Kind.MONEY, Kind.SHARE}
    return tuple((q, counted(q, words), _near(words, q)) for q in quantities_of(text) if q.kind in kinds)


def _near(words: Sequence[Word], quantity: Quantity) -> frozenset[str]:
    near = words[max(0, quantity.first - 6) : quantity.last + 7]
    same = [w for w in near if w.sentence == words[quantity.first].sentence]
    return frozenset(w.lemma for w in same if w.key not in _EMPTY and not w.number)


_Fact = tuple[Quantity, frozenset[str], frozenset[str]]


def _same_fact(a: _Fact, b: _Fact, common: frozenset[str]) -> bool:
    if a[0].kind != b[0].kind:
        return False
    if a[1] and b[1] and not a[1] & b[1]:
        return False
    around = common - a[1] - GROUP_WORDS
    if a[1] & b[1] and a[0].kind is Kind.COUNT:
        return len(around) >= 2
    # Money and shares, or nothing says what is counted: the words right around must tell the same.
    return len(a[2] & b[2] & around) >= (1 if a[1] & b[1] else 2)


def _agree(a: Quantity, b: Quantity) -> bool:
    if abs(a.value - b.value) <= 1e-6 * max(1.0, a.value):
        return True
    if Bound.ABOUT in {a.bound, b.bound} and abs(a.value - b.value) <= _ROUGHLY * max(a.value, b.value):
        return True
    return _inside(a, b) or _inside(b, a)


def _inside(limit: Quantity, value: Quantity) -> bool:
    """A plain value within the other's "up to" or vague "dozens"; "at least nine" and "14" do differ for a reader."""
    if limit.bound in {Bound.AT_MOST, Bound.LESS}:
        return value.bound is Bound.EXACT and value.value <= limit.value
    vague = limit.spelled and limit.bound is Bound.AT_LEAST and limit.text.lower().endswith("s")
    close = limit.bound is Bound.MORE and value.value <= limit.value * (1 + 2 * _ROUGHLY)
    return (vague or close) and value.value >= limit.value


def _phrase(quantity: Quantity) -> str:
    return quantity.text if quantity.bound is Bound.EXACT else f"{quantity.bound} {quantity.text}"


def _dates(a: str, b: str, common: frozenset[str]) -> str | None:
    """Days given for the same happening: a word beside both dates is shared, and enough around them."""
    ours, theirs = _dated(a), _dated(b)
    if len(common) < 3 or not ours or not theirs:
        return None
    if {w.value for w, _ in ours} & {w.value for w, _ in theirs}:
        return None
    for when, near in ours:
        for other, around in theirs:
            shared = near & around & common
            if when.kind == other.kind and len(shared) >= 2:
                return f"date: {when.text} or {other.text}"
    return None


def _dated(text: str) -> list[tuple[When, frozenset[str]]]:
    words = words_of(text)
    dated = []
    for when in whens_of(text):
        if when.kind in {"day", "month", "year"}:
            near = words[max(0, when.first - 7) : when.last + 5]
            dated.append((when, frozenset(w.lemma for w in near if w.sentence == words[when.first].sentence)))
    return dated


def _places(a: str, b: str, common: frozenset[str]) -> str | None:
    """Where it was: all but the place is nearly the same."""
    smaller = min(len(_content(a)), len(_content(b)))
    if smaller < 4 or len(common) < 0.5 * smaller:
        return None
    ours, theirs = _located(a), _located(b)
    if len(ours) == 1 and len(theirs) == 1 and not same_name(ours[0].lower(), theirs[0].lower()):
        if ours[0] in b or theirs[0] in a:
            return None
        return f"place: {ours[0]} or {theirs[0]}"
    return None


def _located(text: str) -> list[str]:
    words = words_of(text)
    found = []
    for name in names_of(text):
        first = words.index(name.words[0])
        if first and words[first - 1].key in _WHERE and is_place(name):
            found.append(name.text)
    return found


def _causes(a: str, b: str, common: frozenset[str]) -> str | None:
    del common
    ours, theirs = _CAUSE.search(a), _CAUSE.search(b)
    if not ours or not theirs:
        return None
    first, second = ours["cause"].strip(), theirs["cause"].strip()
    effect = (_content(a) - _content(first)) & (_content(b) - _content(second))
    if _content(first) & _content(second) or len(effect) < 2:
        return None
    return f"cause: {first} or {second}"


def _happened(a: str, b: str, common: frozenset[str], asked: frozenset[str]) -> str | None:
    """One side denies what the other says, or says it was not so."""
    denies = {text for text in (a, b) if certainty_of(text) is Certainty.DENIED or _contradicts(text)}
    named = {w.lemma for text in (a, b) for name in names_of(text) for w in name.words}
    if len(denies) == 1 and len(common) >= 3 and common - named:
        return "whether it is so"
    flipped = _flipped(a, b, asked)
    return f'whether "{flipped}"' if flipped else None


def _contradicts(text: str) -> bool:
    return any(w.key in _CONTRADICTS for w in words_of(text))


def _flipped(a: str, b: str, asked: frozenset[str]) -> str | None:
    ours, theirs = polarities(a), polarities(b)
    for lemma in ours.keys() & theirs.keys():
        if lemma in _EMPTY or len(lemma) < 4:
            continue
        signs, others = {s for s, _ in ours[lemma]}, {s for s, _ in theirs[lemma]}
        if len(signs) != 1 or len(others) != 1 or signs == others:
            continue
        alike = max(len(x & y) for _, x in ours[lemma] for _, y in theirs[lemma])
        if alike >= 2 or lemma in asked:
            return lemma
    return None
