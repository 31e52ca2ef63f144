"""Finds facts on which two texts differ: a number, a date, a place, a cause, or whether something happened."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from rag.facts.contradictions import denial_between
from rag.facts.denied_causes import denied_cause
from rag.facts.difference import Difference, Topic
from rag.facts.figures import Fact, agree, facts_of, former_values, phrase, same_fact
from rag.facts.naming import name_before, name_of_day, name_of_figure, name_of_place
from rag.language.content_words import content, plain
from rag.language.corrections import standing
from rag.language.names import Name, is_place, names_of, same_name
from rag.language.quantities import Kind
from rag.language.times import When, whens_of
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.negations import NEGATIONS
from rag.stance.attribution import find_attribution

YES_OR_NO = re.compile(
    r"(?:^[\"“'‘]?|[,.!?:] )(?:(?:so|and|but|then|well|now),? ){0,4}+"
    r"(?!(?-i:Will|May)(?: (?-i:[A-Z])[^\s?]{0,40}){0,2} (?-i:said|told|did|[a-z]{1,40}ed)\b[^?]{0,1000} "
    r"(?:who|whom|what|when|where|why|how|which)\W{0,9}$)"
    r"(?!(?:can|could|will|would|do) you (?:tell|say|explain|know)\b)"
    r"(?:(?:is|are|was|were|did|do|does|has|have|had|would|could|should|might)(?:n['’]t)?|am|will|can|may|won['’]t|can['’]t)\b"
    r"[^?]{0,1000}+\?*+\s*+$",
    re.IGNORECASE,
)
"""Matches yes/no questions of up to 1,000 characters. "Will Smith said what?" begins with a name.

The bounds and the possessive repetitions keep the time proportional to the length of the text.
"""

_CAUSE = re.compile(
    r"\b(?:caused by|because of|due to|blamed on|as a result of|sparked by|triggered by|attributed to|started by|"
    r"set off by|owing to|the cause was|was down to) (?P<cause>[^.,;]{3,60})",
    re.IGNORECASE,
)
_FATES = {"killed", "injured", "missing", "arrested"}  # counts of people that are clear without more words
_NEGATED_WITHIN = 4  # words before "because of": "did not resign because of"
_SAME_SPEAKER = "(who says so)"
_MAX_SPEAKER = 6  # words; a longer text is unlikely to be only a speaker
_PLACE_PREPOSITIONS = word_set("in at near off outside inside from")


def differences(one: str, other: str, question: str = "", told: frozenset[str] = frozenset()) -> list[Difference]:
    """All facts on which the two texts differ.

    Words of ``question`` count as shared context, since both texts answer it. So do, for sums and for people who died
    and the like, the lemmas ``told`` in the passages of both: "The dead number 15" does not repeat in which avalanche.
    """
    a, b = plain(one), plain(other)
    common = _shared(a, b) | (content(question) & (content(a) | content(b)))
    counts = _numbers(a, b, common, told)
    if len(common) < 2:
        return [counts] if counts else []
    finders: tuple[Callable[[str, str, frozenset[str]], Difference | None], ...] = (_dates, _places, _causes)
    stated = standing(a), standing(b)
    others = [difference for finder in finders if (difference := finder(*stated, common))]
    found = [counts, *others] if counts else others
    asked = content(question) if YES_OR_NO.search(question) else frozenset[str]()
    if denied := denied_cause(a, b, question):
        found.append(denied)
    if not found and (denial := denial_between(a, b, common if asked else _shared(a, b), asked)):
        found.append(denial)
    return found


def _shared(a: str, b: str) -> frozenset[str]:
    """Content words of both texts. A shared speaker counts as one word only, since one speaks on many subjects."""
    shared = _content_without_speaker(a) & _content_without_speaker(b)
    return shared | {_SAME_SPEAKER} if (content(a) & content(b)) - shared else shared


@lru_cache(maxsize=2048)
def _content_without_speaker(text: str) -> frozenset[str]:
    said = find_attribution(text)
    is_name = said is not None and len(said.speaker.split()) <= _MAX_SPEAKER
    return content(text.replace(said.speaker, " ", 1) if said and is_name else text)


def _numbers(a: str, b: str, common: frozenset[str], told: frozenset[str]) -> Difference | None:
    """Amounts of the same thing that are incompatible with all those of the other text."""
    for ours in facts_of(a):
        needs_no_noun = ours.amount.kind is not Kind.COUNT or ours.counts <= _FATES
        shared = common | told if needs_no_noun else common
        rivals = [q for q in facts_of(b) if same_fact(ours, q, shared) or _replaces(a, ours, b, q)]
        if not rivals or any(agree(ours, q) for q in rivals):
            continue
        same_side = [q for q in facts_of(a) if q is not ours and same_fact(ours, q, shared)]
        if any(agree(q, r) for q in same_side for r in rivals):
            continue  # this text reports the other's figure as well
        about = min(_counted_by_both(ours, rivals[0]))
        named = name_of_figure(a, ours) or name_of_figure(b, rivals[0])
        return Difference(Topic.NUMBER, about, (phrase(ours), phrase(rivals[0])), (ours, rivals[0]), named)
    return None


def _replaces(a: str, ours: Fact, b: str, theirs: Fact) -> bool:
    """Whether one text gives the other's figure as the former one: "34 ships, up from 11"."""
    is_former = ours.amount.value in former_values(b) or theirs.amount.value in former_values(a)
    return is_former and bool(_counted_by_both(ours, theirs)) and ours.amount.kind is theirs.amount.kind


def _counted_by_both(ours: Fact, theirs: Fact) -> frozenset[str]:
    """What both figures count; a figure without a noun of its own ("800 of its 5,200 jobs") may count one near it."""
    if not ours.counts or not theirs.counts:
        return (ours.counts & theirs.near) | (theirs.counts & ours.near)
    return ours.counts & theirs.counts


def _dates(a: str, b: str, common: frozenset[str]) -> Difference | None:
    """Different dates of the same event: the texts share enough words, at least two of them close to both dates."""
    ours, theirs = _dates_in_context(a), _dates_in_context(b)
    if len(common) < 3 or not ours or not theirs:
        return None
    if {w.value for w, _ in ours} & {w.value for w, _ in theirs}:
        return None
    for when, near in ours:
        for other, around in theirs:
            shared = near & around & common
            if when.kind == other.kind and len(shared) >= 2:
                named = name_of_day(a, when, shared) or name_of_day(b, other, shared)
                return Difference(Topic.DATE, "date", (when.text, other.text), named=named)
    return None


def _dates_in_context(text: str) -> list[tuple[When, frozenset[str]]]:
    words = words_of(text)
    dated = []
    for when in whens_of(text):
        if when.kind in {"day", "month", "year"}:
            near = words[max(0, when.first - 7) : when.last + 5]
            dated.append((when, frozenset(w.lemma for w in near if w.sentence == words[when.first].sentence)))
    return dated


def _places(a: str, b: str, common: frozenset[str]) -> Difference | None:
    """Different places of the same event: apart from the place, the texts are nearly the same."""
    smaller = min(len(content(a)), len(content(b)))
    if smaller < 4 or len(common) < 0.5 * smaller:
        return None
    ours, theirs = _places_in(a), _places_in(b)
    if len(ours) != 1 or len(theirs) != 1 or same_name(ours[0].text.lower(), theirs[0].text.lower()):
        return None
    if ours[0].text in b or theirs[0].text in a:
        return None
    named = name_of_place(a, words_of(a).index(ours[0].words[0]), common)
    return Difference(Topic.PLACE, "place", (ours[0].text, theirs[0].text), named=named)


def _places_in(text: str) -> list[Name]:
    words = words_of(text)
    found = []
    for name in names_of(text):
        first = words.index(name.words[0])
        if first and words[first - 1].key in _PLACE_PREPOSITIONS and is_place(name):
            found.append(name)
    return found


def _causes(a: str, b: str, common: frozenset[str]) -> Difference | None:
    del common
    ours, theirs = _stated_cause(a), _stated_cause(b)
    if not ours or not theirs:
        return None
    first, second = ours["cause"].strip(), theirs["cause"].strip()
    effect = (content(a) - content(first)) & (content(b) - content(second))
    if content(first) & content(second) or len(effect) < 2:
        return None
    upto = sum(word.start < ours.start("cause") for word in words_of(a))
    named = name_before(a, upto, effect)
    return Difference(Topic.CAUSE, "cause", (first, second), named=named)


def _stated_cause(text: str) -> re.Match[str] | None:
    """The first cause that is not denied: "was not caused by blasting, but was due to heavy rain"."""
    words = words_of(text)
    at = 0
    while found := _CAUSE.search(text, at):
        before = [word for word in words if word.end <= found.start()]
        near = [word for word in before[-_NEGATED_WITHIN:] if word.clause == before[-1].clause]
        if not any(word.lemma in NEGATIONS for word in near):
            return found
        at = found.start("cause")
    return None
