"""Tells figures that hold for different places, organisations or people, though they count the same.

- two that each name another: "1.4 million customers in Florida", "330,000 customers in North Carolina"
- one for a place that the other report does not mention: "the average in California is $5.37"
- one for everywhere: "59,600 cases worldwide"

Who says a figure does not restrict it. Leaves out: places that only the report's sentences before the figure name, and
which place lies in which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.facts.figures import Fact
from rag.language.content_words import plain
from rag.language.names import Name, names_of, same_name
from rag.language.quantities import quantities_of
from rag.language.words import Word, is_common, key_at, lemma_of, words_of
from rag.lexicon import word_set
from rag.lexicon.places import SAME
from rag.lexicon.reporting import CLEAR
from rag.stance.attribution import find_attribution, reported_part

_WORLD = word_set("worldwide globally global world")
_NATION = word_set("nationwide nationally national countrywide country nation")
_LOCATIVE = word_set("in at across throughout near inside")
_PREPOSITIONS = _LOCATIVE | word_set("off outside around over for of to into from by")
_AUXILIARY = word_set("is are was were has have had been be will would also")
_JOINS = word_set("and but while")
_ANAPHORS = word_set("it they he she we")
_OPENING = 4  # words in which the pronoun for the speaker stands: "said on Monday that it was"
_ATTACHED = 10  # words from a figure to the place for which it is given: "four people died in North Carolina"


@dataclass(frozen=True, slots=True)
class Scoped:
    """A figure, the sentence that gives it, and headline and text of its passage (``context``)."""

    sentence: str
    figure: Fact
    context: str

    @property
    def text(self) -> str:
        """The sentence without its dateline, which does not restrict anything."""
        return plain(self.sentence)

    @property
    def at(self) -> int:
        """The index of the figure's first word in ``text``."""
        value = self.figure.amount.value
        return next((q.first for q in quantities_of(self.text) if q.value == value), 0)


def are_of_different_scopes(one: Scoped, other: Scoped, question: str) -> bool:
    """Whether the two figures hold for different places, organisations or people.

    Names in the question restrict neither: all that answer it are about them.
    """
    ours, theirs = _own(one, other, question), _own(other, one, question)
    levels = _level(one), _level(other)
    if levels[0] != levels[1] and (all(levels) or (theirs if levels[0] else ours)):
        return True
    if ours and theirs:
        are_attached = any(_is_attached(n, one) for n in ours) and any(_is_attached(n, other) for n in theirs)
        return (
            are_attached
            or _do_the_same(one, ours, other, theirs)
            or not (_mentions(other.context, ours) or _mentions(one.context, theirs))
        )
    if not ours and not theirs:
        return False
    restricted, free = (one, other) if ours else (other, one)
    return _is_elsewhere(restricted, free, ours or theirs, question)


def _is_elsewhere(restricted: Scoped, free: Scoped, names: Sequence[Name], question: str) -> bool:
    """Whether a figure with ``names`` is for something else than one without; a country may go without saying."""
    names = [name for name in names if not _is_country(name)]
    if any(_is_attached(name, restricted) for name in names):
        is_distinguished = _mentions(free.text, names)  # there it has a figure of its own
        return is_distinguished or _names_a_place(question) or not _mentions(free.context, names)
    names = [name for name in names if not _is_apart(name, restricted)]
    lacks_asked = _has_asked(free, question) and not _has_asked(restricted, question)
    return any(lacks_asked or _restricts(name, restricted) for name in names) and not _mentions(free.context, names)


def _do_the_same(one: Scoped, ours: Sequence[Name], other: Scoped, theirs: Sequence[Name]) -> bool:
    """Whether two of the names are subjects of one verb: "Orra recalled 300 cars", "Kiefer is recalling 500 cars"."""
    return bool(_verbs_of(one, ours) & _verbs_of(other, theirs))


def _verbs_of(scoped: Scoped, names: Sequence[Name]) -> frozenset[str]:
    """The lemmas of verbs right after one of the names, before the figure; not of verbs of saying."""
    words = words_of(scoped.text)
    found = set()
    for name in names:
        at = words.index(name.words[-1]) + 1
        while key_at(words, at) in _AUXILIARY:
            at += 1
        if at < scoped.at and _before(words, words.index(name.words[0])) not in _PREPOSITIONS:
            found.add(words[at].lemma)
    return frozenset(found - {lemma_of(key) for key in CLEAR})


def _is_country(name: Name) -> bool:
    return "".join(name.keys) in SAME


def _own(one: Scoped, other: Scoped, question: str) -> list[Name]:
    """The names of the figure that neither the other figure nor the question has."""
    sentence = words_of(one.text)[one.at].sentence
    named = (name for name in names_of(one.text) if name.words[0].sentence == sentence)
    start, end, speaker = _told(one.text)
    said = [name for name in named if start <= name.words[0].start < end and name.text not in speaker]
    said = [name for name in said if _is_of(name, one)]
    return [name for name in said if not _is_of(name, other) and not _mentions(question, [name])]


def _told(text: str) -> tuple[int, int, str]:
    """Where the sentence says what holds, and who says it.

    All of it, and nobody, if the speaker is the subject of what is said: "Orra said it was cutting 300 jobs".
    """
    part = reported_part(text)
    if part not in text or any(word.key in _ANAPHORS for word in words_of(part)[:_OPENING]):
        return 0, len(text), ""
    said = find_attribution(text)
    start = text.find(part)
    return start, start + len(part), said.speaker if said else ""


def _is_of(name: Name, scoped: Scoped) -> bool:
    """Whether the sentence has the name, and no other figure stands between it and the scoped one."""
    words = words_of(scoped.text)
    said = [n for n, word in enumerate(words) if any(same_name(key, word.key) for key in _telling(name))]
    others = [q.first for q in quantities_of(scoped.text) if q.first != scoped.at]
    return any(not any(min(n, scoped.at) < other < max(n, scoped.at) for other in others) for n in said)


def _mentions(text: str, names: Sequence[Name]) -> bool:
    words = words_of(text)
    return any(same_name(key, word.key) for name in names for key in _telling(name) for word in words)


def _telling(name: Name) -> tuple[str, ...]:
    """The words of a name that tell it from others: "Orra" of "Orra Motors"."""
    return tuple(key for key in name.keys if not is_common(key)) or name.keys


def _level(scoped: Scoped) -> str:
    """Whether the sentence is about the world or a whole country; empty if it does not say so."""
    words = words_of(scoped.text)
    keys = {word.key for word in words if word.sentence == words[scoped.at].sentence}
    return "world" if keys & _WORLD else "nation" if keys & _NATION else ""


def _is_attached(name: Name, scoped: Scoped) -> bool:
    """Whether the figure is given for that place: "in North Carolina" right after it or at the start of its clause."""
    words = words_of(scoped.text)
    first = words.index(name.words[0])
    last = words.index(name.words[-1])
    if key_at(words, last + 1) == "where":  # "California, where the average is"
        return last < scoped.at
    if _before(words, first) not in _LOCATIVE:
        return False
    is_after = scoped.at < first <= scoped.at + _ATTACHED and not any(w.number for w in words[scoped.at + 1 : first])
    return is_after or (first < scoped.at and first <= 2)


def _is_apart(name: Name, scoped: Scoped) -> bool:
    """Whether something else is told between name and figure: "They ambushed a van in Brod and took 3 million"."""
    words = words_of(scoped.text)
    first = words.index(name.words[0])
    between = words[first : scoped.at] if first < scoped.at else words[scoped.at : first]
    return any(word.key in _JOINS for word in between)


def _restricts(name: Name, scoped: Scoped) -> bool:
    """Whether the name says where or of whom: after a preposition, or as the first words of its clause."""
    words = words_of(scoped.text)
    first = words.index(name.words[0])
    return _opens_clause(words, first) or _before(words, first) in _PREPOSITIONS


def _before(words: Sequence[Word], first: int) -> str:
    """The word before a name, or before its article: "in" of "in the United States"."""
    return key_at(words, first - 2) if key_at(words, first - 1) == "the" else key_at(words, first - 1)


def _opens_clause(words: Sequence[Word], first: int) -> bool:
    return first == 0 or words[first - 1].clause != words[first].clause


def _has_asked(scoped: Scoped, question: str) -> bool:
    return any(_mentions(scoped.text, [name]) for name in names_of(question))


def _names_a_place(question: str) -> bool:
    words = words_of(question)
    return any(_before(words, words.index(name.words[0])) in _LOCATIVE for name in names_of(question))
