"""Detects reports that undo an earlier one: "was convicted in May", "was cleared in September".

Both must state it of the same thing, in the past or perfect ("may be cleared" does not count), and share the name of a
person or two words for what it happened to. ``rag.lexicon.reversals`` lists the verbs.

Left out: an event and its undoing in different words ("the deal", "it fell through"), and events told as nouns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rag.checks.negation import polarities
from rag.facts.difference import Difference, Topic
from rag.facts.roles import object_of, roles_at
from rag.language.calendar import resolved_times
from rag.language.content_words import content, plain
from rag.language.day_bounds import span_of
from rag.language.names import names_of
from rag.language.times import whens_of
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import BE
from rag.lexicon.reversals import REVERSALS
from rag.stance.certainty import certainty_of
from rag.types import Certainty

_PARTICLES = {"off": "call"}
_UNDOING = frozenset().union(*REVERSALS.values())
_UNCHANGED = {"set", "shut"}  # past forms that equal the base form
_NOT_PAST = word_set("to will would shall should can could may might must do does did")
_INTRANSITIVE = word_set("close shut reopen resume restart return resign collapse begin start stop halt")
_OBJECTS = word_set("her him them")
_OPEN = word_set("if unless whether")
_AUXILIARIES = 3  # words before a verb that may make it passive: "has been quickly cleared"
_MIN_SHARED = 2  # words for what it happened to, if no name is among them
_MIN_COMMON = 3  # content words of both texts, if only one word for what it happened to is shared


@dataclass(frozen=True, slots=True)
class _Event:
    """A verb's lemma and form, and the lemmas of what it happened to; ``named``: those that are parts of names."""

    verb: str
    said: str
    affected: frozenset[str]
    named: frozenset[str]


def reversal(older: str, newer: str, told: str = "") -> Difference | None:
    """The difference if the newer text says that what the older one reports has been undone.

    ``told``, the newer report's headline and the sentence before, says who "her" is in "acquitted her".
    """
    is_near = len(content(older) & content(newer)) >= _MIN_COMMON
    known = {event.verb for event in _events(plain(older))}
    for event in _events(plain(older)):
        undoing = REVERSALS.get(event.verb, frozenset())
        for later in _events(plain(newer), told, is_undoing=True) if undoing else ():
            shared = event.affected & later.affected
            is_same = shared & event.named & later.named or len(shared) >= _MIN_SHARED or (shared and is_near)
            if later.verb in undoing - known and is_same:
                return Difference(
                    Topic.OUTCOME, f"{event.verb} {min(shared)}", (event.said, later.said), named=_name(older, shared)
                )
    return None


def tells_of_earlier(text: str, day: date, reported: date) -> bool:
    """Whether a text reported on one day dates what it tells before ``day``: "was reinstated in November"."""
    told = [one for dated in resolved_times(text, reported) for one in dated.days]
    whens = whens_of(text)
    years = [int(when.value[0]) for when in whens if when.kind == "year"]
    if any(when.value == ("last", "year") for when in whens):
        years.append(reported.year - 1)
    for when in whens:
        if when.kind == "month":
            year = years[0] if years else reported.year - (int(when.value[0]) > reported.month)
            told += [span[1]] if (span := span_of(when, year)) else []
    told = told or [date(year, 12, 31) for year in years]
    return bool(told) and max(told) < day


def outcome_is_asked(difference: Difference, question: str) -> bool:
    """Whether a question is about what was undone or what it happened to."""
    asked = content(question)
    return bool(asked & (content(difference.name) | set(difference.about.split())))


@lru_cache(maxsize=2048)
def _events(text: str, told: str = "", *, is_undoing: bool = False) -> tuple[_Event, ...]:
    """The events of a text; one that undoes another must be stated, while "arrested on suspicion" is only alleged."""
    is_open = any(word.key in _OPEN for word in words_of(text))
    firm = {Certainty.STATED} if is_undoing else {Certainty.STATED, Certainty.ALLEGED}
    return () if is_open or certainty_of(text) not in firm else tuple(_found(text, told))


def _found(text: str, told: str) -> Iterator[_Event]:
    words, signs = words_of(text), polarities(text)
    known = frozenset(word.lemma for name in names_of(told) for word in name.words)
    named = known | frozenset(word.lemma for name in names_of(text) for word in name.words)
    for n, word in enumerate(words):
        verb = _verb(words, n)
        if verb not in REVERSALS.keys() | _UNDOING or not all(sign for sign, _ in signs.get(word.lemma, ())):
            continue
        if affected := _object(words, n, verb, known) or _affected(words, n, is_state=word.key == "missing"):
            yield _Event(verb, verb.replace(word.lemma, word.text, 1).replace("-", " "), affected, named)


def _object(words: Sequence[Word], n: int, verb: str, known: frozenset[str]) -> frozenset[str]:
    """What stands after a verb with a particle ("called off the strike"), or the names that "her" may stand for."""
    after = n + ("-" in verb)
    if key_at(words, after + 1) in _OBJECTS:
        return known
    return object_of(words, after) if after > n else frozenset()


def _affected(words: Sequence[Word], at: int, *, is_state: bool) -> frozenset[str]:
    """What a verb's event happened to; the subject of "is missing", whatever follows."""
    roles = roles_at(words, at, frozenset())
    if roles is None:
        return frozenset()
    if is_state:
        return roles.agent or roles.affected
    is_passive = any(word.key in BE or word.lemma == "get" for word in words[max(0, at - _AUXILIARIES) : at])
    return roles.affected if roles.agent or is_passive or words[at].lemma in _INTRANSITIVE else frozenset()


def _verb(words: Sequence[Word], n: int) -> str:
    """The lemma of a past form, with its particle; empty for other words."""
    word = words[n]
    is_unchanged = word.key in _UNCHANGED and key_at(words, n - 1) not in _NOT_PAST
    if not is_past(word) and not is_unchanged and word.key != "missing":
        return ""
    after = key_at(words, n + 1)
    return f"{word.lemma}-{after}" if _PARTICLES.get(after) == word.lemma else word.lemma


def _name(text: str, shared: frozenset[str]) -> str:
    """The words of the text that name what it happened to, from the first to the last in a row."""
    words = words_of(text)
    at = [n for n, word in enumerate(words) if word.lemma in shared]
    run = [n for n in at if n - at[0] <= len(at)]
    return text[words[run[0]].start : words[run[-1]].end] if run else ""
