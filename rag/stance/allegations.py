"""Tells whether an allegation word ("alleged") qualifies a sentence's statement or only something it mentions."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word, is_past
from rag.lexicon import word_set
from rag.lexicon.reporting import BE, DETERMINERS, OPENERS, VERBISH

_WITHDRAWING = word_set("withdrew withdrawn withdraws retracted retracts")
_DEFINITE = word_set("the this these those such his her their")
_ACCUSATIONS = word_set("accusation accusations allegation allegations claims")
_HAPPENS = word_set("came come comes follow followed follows were was are is")
_NOUN_MODIFIERS = word_set("alleged suspected purported supposed unconfirmed unverified rumoured rumored")
_NOT_NOUNS = word_set("that of to by in on he she it they the a an")
_CONTEXT = word_set("amid over after despite about into")


def protects(words: Sequence[Word], i: int) -> bool:
    """Whether the allegation word at ``i`` qualifies the sentence's own statement.

    True for "the alleged thief fled" and "he is accused of theft", False for "police named the suspected thief".
    """
    is_mentioned = _is_referred_to(words, i) or _modifies_another_noun(words, i) or _is_under_inquiry(words, i)
    return not (is_mentioned or _is_withdrawn(words, i) or _is_over(words, i))


def _is_withdrawn(words: Sequence[Word], i: int) -> bool:
    """Whether the accusation is taken back: "has withdrawn his claim that", "took back the allegation"."""
    before = [w.key for w in words[max(0, i - 6) : i] if w.clause == words[i].clause]
    taken_back = "back" in before and bool({"took", "taken", "takes"} & set(before))
    if not before or before[-1] not in _DEFINITE | {"its"} or {"not", "n't", "never"} & set(before):
        return False
    return taken_back or bool(_WITHDRAWING & set(before))


def _is_over(words: Sequence[Word], i: int) -> bool:
    """Whether the suspicion is past and the main verb present: "the man who was suspected of theft is free"."""
    keys = [w.key for w in words[max(0, i - 3) : i]]
    if keys[-2:] != ["who", "was"] and keys[-2:] != ["who", "were"]:
        return False
    after = [w for w in words[i + 1 :] if w.sentence == words[i].sentence]
    verb = next((w.key for w in after if w.key in VERBISH), "")
    return verb in {"is", "are"}


def _is_referred_to(words: Sequence[Word], i: int) -> bool:
    """Whether the sentence only refers to an accusation: "The accusation came after Brandt said …"."""
    is_reference = i > 0 and words[i - 1].key in _DEFINITE and words[i].key in _ACCUSATIONS
    return is_reference and i + 1 < len(words) and words[i + 1].key in _HAPPENS


def _is_under_inquiry(words: Sequence[Word], i: int) -> bool:
    """Whether the allegations are only being investigated: "searched it in an inquiry into allegations that …"."""
    first = i - 1 if i and words[i - 1].key in _DEFINITE else i  # "into the accusations"
    is_noun = words[i].key in _ACCUSATIONS and first > 1 and words[first - 1].key in _CONTEXT
    return is_noun and any(w.key in VERBISH or is_past(w) for w in words[1 : first - 1])


def _modifies_another_noun(words: Sequence[Word], i: int) -> bool:
    """Whether the word modifies a noun other than the subject: "police named the suspected thief"."""
    if words[i].key not in _NOUN_MODIFIERS or not i or not _is_before_noun(words, i):
        return False
    before = [w for w in words[:i] if w.sentence == words[i].sentence]
    verb = next((n for n in range(len(before) - 1, 0, -1) if before[n].key in VERBISH or is_past(before[n])), None)
    if verb is None:
        return False
    is_detached = any(w.key in OPENERS | {"of", "to"} for w in before[verb:])  # not "is an alleged thief"
    return before[verb].key not in BE or is_detached


def _is_before_noun(words: Sequence[Word], i: int) -> bool:
    """Whether the word directly precedes a noun and follows an article, a preposition or a possessive."""
    has_noun = i + 1 < len(words) and words[i + 1].place == words[i].place + 1
    is_owned = words[i].place == words[i - 1].place + 2 and words[i - 1].clause == words[i].clause
    opens = words[i - 1].key in DETERMINERS | OPENERS | {"of", "to", "and"}
    return has_noun and words[i + 1].key not in _NOT_NOUNS and (is_owned or opens)
