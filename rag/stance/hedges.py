"""Finds hedges (words that limit certainty) and excludes other senses of the same words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.times import words_in_dates
from rag.language.words import Word, is_past, key_at, words_of
from rag.lexicon import word_set
from rag.lexicon.hedges import HEDGES
from rag.lexicon.reporting import OPENERS
from rag.types import Certainty

_ABILITIES = word_set(
    "not n't never only see hear feel understand walk sleep afford breathe remember smell speak swim stand sit read "
    "tell"
)
MODALS = {"may", "might", "could"}
_OPINIONS = {"believe", "think", "believes", "thinks", "suspect", "expect"}
_NO_OPINION = {"not", "to", "you", "the", "a", "can"}
_SUBJECTS = word_set("i he she it we you they the this these those a an there")
_BEFORE_MONTH = word_set("in since of last next this until early late by during")
_APPEARING = {"appear", "appears", "appeared"}
_COMPARABLE = {"likely", "predicted", "projected", "estimated", "forecast"}
_SUGGESTING = {"suggest", "suggests", "suggested"}
_RATIO_WORDS = {"times", "percent", "%"}
# Verbs after "could" that with a negated object say what somebody was unable to do: "could find no trace".
_ACHIEVEMENTS = word_set("find give say do name offer detect recall remember identify locate")
_NEGATED_OBJECTS = word_set("no nothing nobody none neither")
_RULINGS = word_set("ruled rules decided decides decreed decrees")
_CLAIMED_OBJECTS = word_set(
    "responsibility victory credit lives life title titles crown gold silver bronze medal spot spots prize trophy win"
)
_SUBJECTS_OF_FEELINGS = word_set("that they he she it")


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word or phrase that limits certainty; ``first`` and ``last`` index the words of the text."""

    certainty: Certainty
    text: str
    first: int
    last: int


@lru_cache(maxsize=1024)
def hedges_of(text: str) -> tuple[Hedge, ...]:
    """All hedges in the text, in order; the longest of overlapping phrases is taken."""
    words = words_of(text)
    keys = [w.key for w in words]
    dated = words_in_dates(text)
    found: list[Hedge] = []
    i = 0
    while i < len(words):
        hedge = None if i in dated else _hedge_at(words, keys, i)
        if hedge:
            found.append(hedge)
        i = hedge.last + 1 if hedge else i + 1
    return tuple(found)


def _hedge_at(words: Sequence[Word], keys: Sequence[str], i: int) -> Hedge | None:
    for phrase, certainty in HEDGES.get(keys[i], ()):
        if tuple(keys[i : i + len(phrase)]) == phrase:
            last = i + len(phrase) - 1
            if _is_hedge(words, keys, i, last):
                text = " ".join(w.text for w in words[i : last + 1])
                return Hedge(certainty, text, i, last)
            return None
    return None


def _is_hedge(words: Sequence[Word], keys: Sequence[str], i: int, last: int) -> bool:  # noqa: PLR0911  (one branch per word)
    """Whether the word is a hedge here, unlike "May" the month or "could not" in the sense of "was unable"."""
    key, before = keys[i], keys[i - 1] if i else ""
    nxt = keys[last + 1] if last + 1 < len(keys) else ""
    if key in MODALS:
        return not _is_not_hypothetical(words, i) and is_modal(words[i], before, nxt)
    if key == "possibly":
        return nxt not in {"can", "could"}
    if key in _APPEARING:
        return before != "to" and nxt not in OPENERS and words[min(last + 1, len(words) - 1)].clause == words[i].clause
    if key in _SUGGESTING:  # not "as its name suggests", nor what somebody proposes to do
        return not ({"as", "like"} & set(keys[max(0, i - 3) : i]) or nxt.endswith("ing"))
    if key in _COMPARABLE:
        return not _is_compared(keys, i)
    if key in {"claimed", "claiming", "claims"} and _CLAIMED_OBJECTS & set(keys[last + 1 : last + 5]):
        return False
    if key in {"feel", "feels", "felt"}:
        return nxt in _SUBJECTS_OF_FEELINGS
    if key in {"claims", "claim"}:
        is_verb = last > i or nxt in {"that", "to"} or before in {"its", "his", "her", "their"}
        return is_verb and before != "false"
    if key in _OPINIONS:
        led = {w.key for w in words[max(0, i - 3) : i]}
        return (
            before not in _NO_OPINION
            and not (nxt.startswith("tank") or nxt in {"about", "of"})
            and not words[i].initial
            and not led & {"let", "you"}
        )
    return True


def _is_compared(keys: Sequence[str], i: int) -> bool:
    """Whether the word is part of a comparison: "twice as likely", "60 percent more likely", "lower than predicted"."""
    before = keys[i - 1] if i else ""
    return before in {"as", "than"} or (before in {"more", "less"} and keys[max(0, i - 2)] in _RATIO_WORDS)


def _is_not_hypothetical(words: Sequence[Word], i: int) -> bool:
    """Whether the modal is no hedge in "whatever they may say", "as much as they could" or "so that he could sleep"."""
    if _is_inability(words, i) or _is_permission(words, i):
        return True
    clause = [w.key for w in words[:i] if w.clause == words[i].clause]
    ends = not any(w.clause == words[i].clause for w in words[i + 1 : i + 2])
    is_last = ends and not any(w.sentence == words[i].sentence for w in words[i + 1 :])
    is_purpose = words[i].key == "could" and "so" in clause[1:][-3:]
    return "whatever" in clause or is_purpose or is_last or (ends and "as" in clause[-4:])


def _is_inability(words: Sequence[Word], i: int) -> bool:
    """Whether "could" with a negated object means "was unable": "could find no trace", "could do nothing"."""
    could_not = key_at(words, i + 1) in _ACHIEVEMENTS and key_at(words, i + 2) in _NEGATED_OBJECTS
    return words[i].key == "could" and could_not


def _is_permission(words: Sequence[Word], i: int) -> bool:
    """Whether "may" gives leave in a ruling: "ruled that residents may park", not "ruled that it may have fallen"."""
    clause = [w.key for w in words[:i] if w.sentence == words[i].sentence]
    ruled = any(key in _RULINGS and "that" in clause[n + 1 :] for n, key in enumerate(clause))
    is_state = key_at(words, i + 1) == "be" and not any(is_past(w) for w in words[i + 2 : i + 3])
    return words[i].key == "may" and ruled and not is_state and key_at(words, i + 1) not in {"have", "not"}


def is_modal(word: Word, before: str, nxt: str) -> bool:
    """Whether "may", "might" or "could" expresses possibility, not the month, strength or an ability."""
    if word.key == "may":
        return not word.capital or (word.initial and before not in _BEFORE_MONTH and nxt in _SUBJECTS)
    if word.key == "could":
        return nxt not in _ABILITIES and before not in {"so", "nobody", "no"}
    return before not in {"the", "military", "full", "its"}  # "might" as strength
