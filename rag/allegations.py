"""Whether a word for an allegation is said of what the sentence tells, or of something it only mentions."""

from __future__ import annotations

from collections.abc import Sequence

from rag.language.words import Word, is_past
from rag.lexicon import word_set
from rag.lexicon.reporting import BE, DETERMINERS, OPENERS, VERBISH

_DEFINITE = word_set("the this these those such his her their")
_ACCUSATIONS = word_set("accusation accusations allegation allegations claims")
_CAME = word_set("came come comes follow followed follows were was are is")
_DOUBTED_NOUN = word_set("alleged suspected purported supposed unconfirmed unverified rumoured rumored")
_SAID_OF = word_set("that of to by in on he she it they the a an")
_AFTER = word_set("amid over after despite about into")


def protects(words: Sequence[Word], i: int) -> bool:
    """Whether the sentence is no firmer than the allegation: "the alleged thief fled", "he is accused of theft"."""
    return not (_is_referred_to(words, i) or _is_of_another(words, i) or _is_looked_into(words, i))


def _is_referred_to(words: Sequence[Word], i: int) -> bool:
    """In "The accusation came after Brandt said" somebody's accusation is only spoken of."""
    is_told = i > 0 and words[i - 1].key in _DEFINITE and words[i].key in _ACCUSATIONS
    return is_told and i + 1 < len(words) and words[i + 1].key in _CAME


def _is_looked_into(words: Sequence[Word], i: int) -> bool:
    """Of "searched it in an inquiry into allegations that …": what is alleged is no news here."""
    is_noun = words[i].key in _ACCUSATIONS and i > 1 and words[i - 1].key in _AFTER
    return is_noun and any(w.key in VERBISH or is_past(w) for w in words[1 : i - 1])


def _is_of_another(words: Sequence[Word], i: int) -> bool:
    """Of "police named the suspected thief": before its noun, and not of whom the sentence is about."""
    if words[i].key not in _DOUBTED_NOUN or not i or not _is_before_noun(words, i):
        return False
    before = [w for w in words[:i] if w.sentence == words[i].sentence]
    verb = next((n for n in range(len(before) - 1, 0, -1) if before[n].key in VERBISH or is_past(before[n])), None)
    if verb is None:
        return False
    is_apart = any(w.key in OPENERS | {"of", "to"} for w in before[verb:])  # not "is an alleged thief"
    return before[verb].key not in BE or is_apart


def _is_before_noun(words: Sequence[Word], i: int) -> bool:
    """Behind an article, a preposition or a name's "'s", and right before another word."""
    has_noun = i + 1 < len(words) and words[i + 1].place == words[i].place + 1
    is_owned = words[i].place == words[i - 1].place + 2 and words[i - 1].clause == words[i].clause
    opens = words[i - 1].key in DETERMINERS | OPENERS | {"of", "to", "and"}
    return has_noun and words[i + 1].key not in _SAID_OF and (is_owned or opens)
