"""Find the nouns that a question refers to, and the words that identify each.

- definite nouns: "How much did the drone cost?" refers to "drone"
- bare subjects: "How high is inflation?" refers to "inflation"
- counted nouns: "How many seats …" and "Which villages …"

A noun identifies nothing by itself where it is general or a role ("the mayor", "the accident":
``rag.lexicon.context_dependent``); the question then depends on the conversation before it.

Leaves out: nouns with a possessive or demonstrative instead of "the", pronouns, and questions that begin with a
subordinate clause. Part of speech is guessed from endings and word lists.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.stems import stems
from rag.language.words import Word, is_past, words_of
from rag.lexicon import word_set
from rag.lexicon.context_dependent import CONTINUING, GENERAL, GROUPS, ROLES
from rag.lexicon.light import STOP_WORDS

# Nouns that do not identify a thing without context.
_NOT_IDENTIFYING = ROLES | GROUPS | GENERAL
# Auxiliaries after which the verb follows the subject: "did the drone cost".
_DO = word_set("do does did will would can could should may might must shall has have had")
# Forms of "be" at the beginning of a question.
_BE = word_set("is are was were")
# Common verbs, which end a noun phrase.
_VERBS = word_set(
    "say says said tell tells told do have be get gets got go goes went come comes came make makes made take takes "
    "took give gives gave want wants need needs look looks put mean means think thinks know knows happen happened"
)
# Common adverbs without "-ly", which end a noun phrase.
_ADVERBS = word_set(
    "not never ever yet still already really actually exactly finally first today yesterday tomorrow tonight ago away "
    "back alone together late later early soon"
)
# Words that may stand between an auxiliary and the subject's noun.
_JOINS = word_set("the of in at on for from with near about")
# All words that end a noun phrase.
_ENDS = STOP_WORDS | _DO | _BE | _VERBS | _ADVERBS
# Endings of adjectives, which do not identify a thing.
_ADJECTIVE = re.compile(r"(?:al|ic|ous|ive|ary|able|ible|ful|less|ish|est|ier|ed|ing|ern|ian)$")
# Common adjectives and numbers without such an ending.
_ADJECTIVES = word_set(
    "new old big small young long short high low main real whole good bad great little large older younger larger "
    "smaller bigger higher lower many few several two three four five six seven eight nine ten hundred dead"
)
# Questions whose only verb is a form of "be": "How high is …".
_VERB_IS_BE = re.compile(r"^(?:who|what|where|when|how\s+(?!much\b|many\b)\w+)\s+(?:is|are|was|were)\b", re.IGNORECASE)
# Question openings after which a noun without "the" is the subject.
_BARE_SUBJECT = re.compile(
    r"^(?:(?:when|where|why|how(?:\s+(?!many\b)\w+)?)\s+(?:is|are|was|were|do|does|did|will|would|has|have|had|can)"
    r"|what\s+(?:do|does|did|will|would))\b",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"^(?:how\s+(?:many|much)|which|what)\s+(?!(?:{'|'.join(sorted(_DO | _BE))})\b)(?=[a-z])", re.IGNORECASE
)
"""Matches the opening of a question for a number of things, or for one of several: "how many seats"."""


def definite_noun_stems(question: str) -> list[frozenset[str]]:
    """Return, for each definite noun of a question, the stems that identify it.

    A set is empty where the noun needs the conversation before the question ("the mayor").
    """
    words = words_of(question)
    runs = definite(words)
    if _BARE_SUBJECT.match(question) and (bare := _bare_subject(question, words)):
        runs.insert(0, bare)
    return [_identifying_stems(run) for run in _without_predicate(question, words, runs)]


def counted_at(question: str) -> list[frozenset[str]]:
    """Return the stems of the noun of "how many seats" or "which villages", as a list of at most one set."""
    match = COUNTED.match(question)
    if not match:
        return []
    run = _run(words_of(question), sum(w.start < match.end() for w in words_of(question)))
    return [_identifying_stems(run[:-1] if len(run) > 1 and is_past(run[-1]) else run)]


def definite(words: Sequence[Word]) -> list[list[Word]]:
    """Return the words after each "the", as far as they can belong to one noun phrase."""
    runs = (_run(words, at + 1) for at, word in enumerate(words) if word.key == "the")
    return [run for run in runs if run]


def _run(words: Sequence[Word], first: int) -> list[Word]:
    run: list[Word] = []
    for word in words[first:]:
        if word.key in _ENDS or word.key.endswith("ly") or (run and word.clause != run[0].clause):
            break
        run.append(word)
    return run


def _bare_subject(question: str, words: Sequence[Word]) -> list[Word]:
    """Return the noun phrase of "How high is inflation?", or an empty list.

    A single word at the end of "what will …" or "how much was …" is a verb.
    """
    at = next((n for n, word in enumerate(words) if word.key in _DO | _BE), len(words))
    run = _run(words, at + 1)
    if any(word.capital for word in run):
        return []
    after = words[at + 1 + len(run) : at + 2 + len(run)]
    is_subject = len(run) > 1 or any(word.key in _VERBS for word in after)
    is_asked = bool(after or _VERB_IS_BE.match(question)) and not any(is_past(word) for word in run)
    return run if is_subject or is_asked else []


def _without_predicate(question: str, words: Sequence[Word], runs: list[list[Word]]) -> list[list[Word]]:
    """Remove the verb after the subject: "did the drone cost", "were the firm's offices searched"."""
    aux = next((n for n, word in enumerate(words) if word.key in _DO | _BE), None)
    if aux is None:
        return runs
    needs_verb = words[aux].key in _DO or not _VERB_IS_BE.match(question)
    end = aux + 1
    for n, run in enumerate(runs):
        first, after = words.index(run[0]), words.index(run[-1]) + 1
        is_subject = all(word.key in _JOINS for word in words[end:first])
        if not is_subject or (after < len(words) and words[after].key in _VERBS):
            break
        if len(run) > 1 and (needs_verb or is_past(run[-1])):
            return [*runs[:n], run[:-1], *runs[n + 1 :]]
        end = after
    return runs


def _identifying_stems(run: Sequence[Word]) -> frozenset[str]:
    """Return the stems that identify a noun phrase: "drone"; none for "the older man's lawyer"."""
    if any(word.key in CONTINUING for word in run[:-1]):
        return frozenset()
    nouns = [w for w in run[:-1] if not _ADJECTIVE.search(w.key) and w.key not in _ADJECTIVES and not w.number]
    identifying = [w for w in (*nouns, *run[-1:]) if w.key not in _NOT_IDENTIFYING and w.lemma not in _NOT_IDENTIFYING]
    return frozenset(stem for word in identifying for stem in stems(f"{word.text} {word.lemma}"))
