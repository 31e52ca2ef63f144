"""Where two texts differ on the same fact: a number, a date, a place, a cause, or whether it happened. Pure rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rag.attribution import find_attribution
from rag.checks.negation import polarities
from rag.contents import content, plain
from rag.denials import contradicts, denied_part, denies, says_it_is_so
from rag.figures import Fact, agree, facts_of, former_values, phrase, same_fact
from rag.language.corrections import standing
from rag.language.names import Name, is_place, names_of, same_name
from rag.language.times import When, whens_of
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.light import LIGHT
from rag.naming import (
    name_before,
    name_of_day,
    name_of_denied,
    name_of_figure,
    name_of_negated,
    name_of_place,
    name_of_word,
)

SO = "whether it is so"
YES_OR_NO = re.compile(
    r"(?:^|, )(?:is|are|was|were|did|do|does|has|have|had|will|would|can|could|should)\b[^?]*\?$", re.IGNORECASE
)
"""Questions that ask whether something is so."""

_CAUSE = re.compile(
    r"\b(?:caused by|because of|due to|blamed on|as a result of|sparked by|triggered by|attributed to|started by|"
    r"set off by|owing to|the cause was|was down to) (?P<cause>[^.,;]{3,60})",
    re.IGNORECASE,
)
_MOSTLY = 0.5
_SAME_SPEAKER = "(who says so)"
_LONGEST_SPEAKER = 6  # words; what is longer is hardly only a speaker
_WHERE = word_set("in at near off outside inside from")


class Topic(StrEnum):
    """What two texts differ on."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    CAUSE = "cause"
    DENIAL = "denial"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that two texts give differently; ``says`` is what each gives, empty for a denial.

    ``figures`` are the two amounts where the topic is a number. ``about`` tells one fact from another; ``named`` says
    it in words of the texts, empty where they do not show it.
    """

    topic: Topic
    about: str
    says: tuple[str, ...] = ()
    figures: tuple[Fact, ...] = ()
    named: str = ""

    @property
    def name(self) -> str:
        """What to call it for a reader."""
        return self.named or self.about

    @property
    def turned(self) -> Difference:
        """The same with the two texts the other way round."""
        return replace(self, says=self.says[::-1], figures=self.figures[::-1])


def differences(one: str, other: str, question: str = "") -> list[Difference]:
    """Every fact on which the two texts differ.

    Words of ``question`` count as common ground, since both answer it.
    """
    a, b = plain(one), plain(other)
    common = _shared(a, b) | (content(question) & (content(a) | content(b)))
    if len(common) < 2:
        return []
    finders: tuple[Callable[[str, str, frozenset[str]], Difference | None], ...] = (_dates, _places, _causes)
    stated = standing(a), standing(b)
    counts = _numbers(a, b, common)
    told = [difference for finder in finders if (difference := finder(*stated, common))]
    found = [counts, *told] if counts else told
    asked = content(question) if YES_OR_NO.search(question) else frozenset[str]()
    if not found and (happened := _happened(a, b, common, asked)):
        found.append(happened)
    return found


def _shared(a: str, b: str) -> frozenset[str]:
    """What both texts are about; who says so counts as one word more: a minister speaks of more than one thing."""
    told = _unsaid(a) & _unsaid(b)
    return told | {_SAME_SPEAKER} if (content(a) & content(b)) - told else told


@lru_cache(maxsize=2048)
def _unsaid(text: str) -> frozenset[str]:
    said = find_attribution(text)
    is_name = said is not None and len(said.speaker.split()) <= _LONGEST_SPEAKER
    return content(text.replace(said.speaker, " ", 1) if said and is_name else text)


def _numbers(a: str, b: str, common: frozenset[str]) -> Difference | None:
    """Amounts of the same thing, none of which fits any of the other side's."""
    for ours in facts_of(a):
        rivals = [q for q in facts_of(b) if same_fact(ours, q, common) or _replaces(a, ours, b, q)]
        if not rivals or any(agree(ours, q) for q in rivals):
            continue
        same_side = [q for q in facts_of(a) if q is not ours and same_fact(ours, q, common)]
        if any(agree(q, r) for q in same_side for r in rivals):
            continue  # this side reports the other's figure as well
        about = min(ours.counts & rivals[0].counts)
        named = name_of_figure(a, ours) or name_of_figure(b, rivals[0])
        return Difference(Topic.NUMBER, about, (phrase(ours), phrase(rivals[0])), (ours, rivals[0]), named)
    return None


def _replaces(a: str, ours: Fact, b: str, theirs: Fact) -> bool:
    """One text gives the other's figure as the former one: "34 ships, up from 11"."""
    is_former = ours.amount.value in former_values(b) or theirs.amount.value in former_values(a)
    return is_former and bool(ours.counts & theirs.counts) and ours.amount.kind is theirs.amount.kind


def _dates(a: str, b: str, common: frozenset[str]) -> Difference | None:
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
                named = name_of_day(a, when, shared) or name_of_day(b, other, shared)
                return Difference(Topic.DATE, "date", (when.text, other.text), named=named)
    return None


def _dated(text: str) -> list[tuple[When, frozenset[str]]]:
    words = words_of(text)
    dated = []
    for when in whens_of(text):
        if when.kind in {"day", "month", "year"}:
            near = words[max(0, when.first - 7) : when.last + 5]
            dated.append((when, frozenset(w.lemma for w in near if w.sentence == words[when.first].sentence)))
    return dated


def _places(a: str, b: str, common: frozenset[str]) -> Difference | None:
    """Where it was: all but the place is nearly the same."""
    smaller = min(len(content(a)), len(content(b)))
    if smaller < 4 or len(common) < 0.5 * smaller:
        return None
    ours, theirs = _located(a), _located(b)
    if len(ours) != 1 or len(theirs) != 1 or same_name(ours[0].text.lower(), theirs[0].text.lower()):
        return None
    if ours[0].text in b or theirs[0].text in a:
        return None
    named = name_of_place(a, words_of(a).index(ours[0].words[0]), common)
    return Difference(Topic.PLACE, "place", (ours[0].text, theirs[0].text), named=named)


def _located(text: str) -> list[Name]:
    words = words_of(text)
    found = []
    for name in names_of(text):
        first = words.index(name.words[0])
        if first and words[first - 1].key in _WHERE and is_place(name):
            found.append(name)
    return found


def _causes(a: str, b: str, common: frozenset[str]) -> Difference | None:
    del common
    ours, theirs = _CAUSE.search(a), _CAUSE.search(b)
    if not ours or not theirs:
        return None
    first, second = ours["cause"].strip(), theirs["cause"].strip()
    effect = (content(a) - content(first)) & (content(b) - content(second))
    if content(first) & content(second) or len(effect) < 2:
        return None
    upto = sum(word.start < ours.start("cause") for word in words_of(a))
    named = name_before(a, upto, effect)
    return Difference(Topic.CAUSE, "cause", (first, second), named=named)


def _happened(a: str, b: str, common: frozenset[str], asked: frozenset[str]) -> Difference | None:
    """One side denies what the other says, or says it was not so."""
    denials = [text for text in (a, b) if denies(text) or contradicts(text)]
    named = {w.lemma for text in (a, b) for name in names_of(text) for w in name.words}
    told = common if asked else _shared(a, b)
    says_so = [text for text in (a, b) if text not in denials and says_it_is_so(text)]
    if len(denials) == len(says_so) == 1 and len(told) >= 3 and told - named and _is_of(denied_part(denials[0]), told):
        return denial_of(denials[0])
    flipped = _flipped(a, b, asked)
    if not flipped:
        return None
    affirming = a if any(sign for sign, _ in polarities(a)[flipped]) else b
    words = name_of_word(affirming, flipped)
    return Difference(Topic.DENIAL, f'whether "{flipped}"', named=f'whether "{words}"' if words else "")


def denial_of(text: str) -> Difference:
    """That a text denies what another says."""
    denied = name_of_denied(plain(text)) or name_of_negated(plain(text))
    return Difference(Topic.DENIAL, SO, named=f'whether "{denied}"' if denied else "")


def _is_of(denied: frozenset[str], common: frozenset[str]) -> bool:
    """What is denied is common ground, as far as the denial says what it denies."""
    return not denied or len(denied & common) >= _MOSTLY * len(denied)


def _flipped(a: str, b: str, asked: frozenset[str]) -> str | None:
    for lemma, pairs in turned_words(a, b):
        if lemma in LIGHT or len(lemma) < 4:
            continue
        is_asked = lemma in asked and not (_is_none(lemma, a) or _is_none(lemma, b))
        if is_asked or max(len(near & around) for near, around in pairs) >= 3:
            return lemma
    return None


def _is_none(lemma: str, text: str) -> bool:
    """Whether the text has none of some: "no drone of the army crossed" does not say that there was no drone."""
    words = words_of(text)
    return any(
        words[n].lemma == lemma and words[n - 1].key == "no" and words[n + 1].key == "of"
        for n in range(1, len(words) - 1)
    )


def turned_words(one: str, other: str) -> Iterator[tuple[str, list[tuple[frozenset[str], frozenset[str]]]]]:
    """Lemmas that one text only affirms and the other only negates, each with the words around every two uses."""
    ours, theirs = polarities(one), polarities(other)
    for lemma in ours.keys() & theirs.keys():
        signs, others = {sign for sign, _ in ours[lemma]}, {sign for sign, _ in theirs[lemma]}
        if len(signs) == len(others) == 1 and signs != others:
            yield lemma, [(near, around) for _, near in ours[lemma] for _, around in theirs[lemma]]
