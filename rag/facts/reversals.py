"""Detects reports that undo an earlier one: "was convicted in May", "was cleared in September".

Both must state it of the same thing, in the past or perfect ("may be cleared" does not count), and share the name of a
person or two words for what it happened to. ``rag.lexicon.reversals`` lists the verbs.

Left out: an event and its undoing in different words ("the deal", "it fell through"), events told as nouns, and
plans ("are to be forbidden", "dropped the ban").
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
from rag.language.names import is_owner, names_of
from rag.language.numerals import SMALL
from rag.language.stems import stems
from rag.language.times import whens_of
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.reporting import BE
from rag.lexicon.reversals import REVERSALS, STATES
from rag.stance.certainty import certainty_of
from rag.types import Certainty

_PARTICLES = {"off": "call"}
_UNDOING = frozenset().union(*REVERSALS.values())
_UNCHANGED = {"set", "shut"}  # past forms that equal the base form
_NOT_PAST = word_set("to will would shall should can could may might must do does did")
_INTRANSITIVE = word_set("close shut reopen resume restart return resign collapse begin start stop halt")
_OBJECTS = word_set("her him them")
_OPEN = word_set("if unless whether")
_GUILTY, _NOT_GUILTY = "find_guilty", "find_not_guilty"
_VERDICT = 8  # words up to the verdict: "found the former treasurer, Hedda Voss, guilty"
_OF_SUBJECT = word_set("win")  # verbs that tell of their subject too
_OF_PERSONS = word_set("release free find")  # "her book was released" tells nothing of her
_BANS = word_set("ban prohibit bar suspend")
_ABOUT = word_set("on of against")
_COUNTS = word_set("count charge accusation")
_SOME = word_set("some other another several most")
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
            if event.verb in _OF_SUBJECT:
                is_same = shared and is_near  # the winner of another race may be disqualified
            if later.verb in undoing - known and is_same and _is_lifted(event, later):
                return Difference(
                    Topic.OUTCOME, f"{event.verb} {min(shared)}", (event.said, later.said), named=_name(older, shared)
                )
    return None


def _is_lifted(event: _Event, later: _Event) -> bool:
    """Whether what was lifted is the ban, not what was banned ("prohibited mandates", "lifted its mandates")."""
    is_ban = later.verb == "lift" and event.verb in _BANS
    return not is_ban or any(stems(word) == stems(event.verb) for word in later.affected)


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
    """Whether a question is about what was undone, its outcome ("Is he guilty?") or what it happened to."""
    asked = content(question)
    event = difference.about.split()[0]
    is_state_asked = any(event in STATES.get(word.key, ()) for word in words_of(question))
    return is_state_asked or bool(asked & (content(difference.name) | set(difference.about.split())))


@lru_cache(maxsize=2048)
def _events(text: str, told: str = "", *, is_undoing: bool = False) -> tuple[_Event, ...]:
    """The events of a text; one that undoes another must be stated, while "arrested on suspicion" is only alleged."""
    is_open = any(word.key in _OPEN for word in words_of(text)) or (is_undoing and _is_in_part(words_of(text)))
    firm = {Certainty.STATED} if is_undoing else {Certainty.STATED, Certainty.ALLEGED}
    return () if is_open or certainty_of(text) not in firm else tuple(_found(text, told))


def _owners(text: str) -> frozenset[str]:
    """The words of names in the possessive: "Nils Orban's book"."""
    return frozenset(word.lemma for name in names_of(text) if is_owner(name, text) for word in name.words)


def _is_in_part(words: Sequence[Word]) -> bool:
    """Whether what is told is said of some charges only: "acquitted on three counts", "cleared of one charge"."""
    before = (words[max(0, n - _AUXILIARIES) : n] for n, word in enumerate(words) if word.lemma in _COUNTS)
    return any(
        any(word.number or word.key in _SOME or word.key in SMALL for word in run)
        and all(word.key != "all" for word in run)
        for run in before
    )


def _found(text: str, told: str) -> Iterator[_Event]:
    words, signs = words_of(text), polarities(text)
    known = frozenset(word.lemma for name in names_of(told) for word in name.words)
    named = known | frozenset(word.lemma for name in names_of(text) for word in name.words)
    for n, word in enumerate(words):
        verb = _verb(words, n)
        is_denied = not all(sign for sign, _ in signs.get(word.lemma, ())) and verb != _NOT_GUILTY
        if verb not in REVERSALS.keys() | _UNDOING or is_denied:
            continue
        if affected := _object(words, n, verb, known) or _affected(words, n, is_state=word.key == "missing"):
            affected -= _owners(text) if verb in _OF_PERSONS else frozenset()
            said = verb.replace(word.lemma, word.text, 1).replace("-", " ").replace("_", " ")
            yield _Event(verb, said, affected, named)


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
    if words[at].lemma in _OF_SUBJECT:
        return roles.affected | roles.agent
    if words[at].lemma == "lift" and roles.agent and (about := _complement(words, at, roles.affected)):
        return roles.affected | about
    return roles.affected if roles.agent or is_passive or words[at].lemma in _INTRANSITIVE else frozenset()


def _complement(words: Sequence[Word], at: int, affected: frozenset[str]) -> frozenset[str]:
    """The object of the preposition after what was lifted: "the ban on fireworks"."""
    heads = [n for n in range(at + 1, len(words)) if words[n].clause == words[at].clause and words[n].lemma in affected]
    after = heads[-1] + 1 if heads else len(words)
    return object_of(words, after) if key_at(words, after) in _ABOUT else frozenset()


def _verb(words: Sequence[Word], n: int) -> str:
    """The lemma of a past form, with its particle; empty for other words."""
    word = words[n]
    if key_at(words, n - 1) == "be" and key_at(words, n - 2) in _NOT_PAST:
        return ""  # "to be signed into law"
    is_unchanged = word.key in _UNCHANGED and key_at(words, n - 1) not in _NOT_PAST
    if not is_past(word) and not is_unchanged and word.key != "missing":
        return ""
    if word.key == "found" and (verdict := _verdict(words, n)):
        return verdict
    after = key_at(words, n + 1)
    return f"{word.lemma}-{after}" if _PARTICLES.get(after) == word.lemma else word.lemma


def _verdict(words: Sequence[Word], n: int) -> str:
    """What a court found: "was found guilty", "found her not guilty"; empty for finds of other kinds."""
    said = [word.key for word in words[n + 1 : n + _VERDICT] if word.clause == words[n].clause]
    if "guilty" not in said or key_at(words, n - 1) == "not":
        return ""
    at = said.index("guilty")
    return _NOT_GUILTY if "not" in said[max(0, at - 1) : at] else _GUILTY


def _name(text: str, shared: frozenset[str]) -> str:
    """The words of the text that name what it happened to, from the first to the last in a row."""
    words = words_of(text)
    at = [n for n, word in enumerate(words) if word.lemma in shared]
    run = [n for n in at if n - at[0] <= len(at)]
    return text[words[run[0]].start : words[run[-1]].end] if run else ""
