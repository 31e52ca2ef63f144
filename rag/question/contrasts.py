"""Detects sentences on the counterpart of what a question asks about.

- "When will the old bridge be closed?" is not answered by "The new bridge will be closed in May".
- "Who won the first round?" is not answered by "Brandt won the second round".
- "Which is the largest bank?" is not answered by "Norlyk, the second-largest bank".

Only modifiers right before the same noun are compared. Left out, because they may still answer: sentences that have
the question's modifier anywhere, or the noun once more without a counterpart; and comparatives.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.lexicon.light import STOP_WORDS
from rag.lexicon.opposites import opposites_of
from rag.question.asked_details import asked_sentence

_ORDER = word_set("first second third fourth fifth sixth seventh eighth ninth tenth last final")
_LAST = {"last", "final"}
_SIDES = word_set("north south east west"), word_set("northern southern eastern western")


def is_of_counterpart(question: str, sentence: str) -> bool:
    """Whether what the question names with a modifier is in the sentence only with an opposite one."""
    asked, told = words_of(asked_sentence(question)), words_of(sentence)
    return any(_is_only_countered(modifiers, noun, told) for modifiers, noun in _modified(asked))


def _modified(words: Sequence[Word]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield up to two words before each word that may be a noun, nearest first, and that word's lemma."""
    for n, word in enumerate(words[1:], start=1):
        before = words[n - 1]
        if before.clause == word.clause and not {before.key, word.key} & STOP_WORDS and not word.number:
            yield _before(words, n), word.lemma


def _before(words: Sequence[Word], n: int) -> tuple[str, ...]:
    return tuple(word.key for word in reversed(words[max(0, n - 2) : n]) if word.clause == words[n].clause)


def _is_only_countered(asked: tuple[str, ...], noun: str, told: Sequence[Word]) -> bool:
    at = [n for n, word in enumerate(told) if word.lemma == noun and n]
    if not at or (not _is_superlative(asked[0]) and asked[0] in {word.key for word in told}):
        return False
    return all(_counters(asked, _before(told, n)) for n in at)


def _counters(asked: tuple[str, ...], told: tuple[str, ...]) -> bool:
    if not told:
        return False
    ours, theirs = asked[0], told[0]
    if ours == theirs:  # "largest", "second largest"
        ranks = [_rank(pair[1]) if len(pair) > 1 else None for pair in (asked, told)]
        return _is_superlative(ours) and ranks[0] != ranks[1]
    if {ours, theirs} <= _ORDER:
        return not {ours, theirs} <= _LAST
    return any({ours, theirs} <= sides for sides in _SIDES) or theirs in opposites_of(ours)


def _is_superlative(key: str) -> bool:
    return key.endswith("est")


def _rank(key: str) -> str | None:
    return key if key in _ORDER - {"first"} else None
