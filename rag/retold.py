"""Detects an opening sentence that a newer one retells, so that an overview quotes only the newer one."""

from __future__ import annotations

from collections.abc import Set

from rag.language.quantities import quantities_of
from rag.language.stems import stems
from rag.language.times import whens_of
from rag.language.words import Word, is_past, words_of
from rag.lexicon.calendar import WEEKDAYS
from rag.lexicon.light import LIGHT, STOP_WORDS
from rag.lexicon.negations import NEGATIONS
from rag.passages import PassageSentence, flat
from rag.similarity import overlap
from rag.stance.attribution import find_attribution

_SAME = 0.75  # minimum overlap of stems, as a share of the shorter opening's
_WEEKDAY_STEMS = frozenset(stems(" ".join(WEEKDAYS)))
# Words after which a base form is a verb: "will open", "to close".
_BEFORE_VERB = frozenset({"to", "will", "would", "shall", "should", "can", "could", "may", "might", "must"})


def is_retold(older: PassageSentence, newer: PassageSentence, topic: Set[str]) -> bool:
    """Whether ``newer`` says what ``older`` says, apart from who says so and on which weekday.

    Reports on one topic share its words ("the Varn light festival"), so these do not count. A sentence with a verb, a
    figure or a date of its own is never retold, nor is one if only one of the two is negated: "The festival has been
    cancelled" is not "The festival will take place".

    Args:
        older: the sentence that may be left out.
        newer: the sentence that may replace it.
        topic: stems of the topic.
    """
    if flat(older.text) == flat(newer.text):
        return True
    if _is_negated(older.text) != _is_negated(newer.text) or not _figures(older.text) <= _figures(newer.text):
        return False
    if _own_verbs(older) - {word.lemma for word in words_of(newer.text)}:
        return False
    return overlap(_compared(older, topic), _compared(newer, topic)) >= _SAME


def _compared(sentence: PassageSentence, topic: Set[str]) -> frozenset[str]:
    return frozenset(stems(sentence.text)) - topic - _WEEKDAY_STEMS - frozenset(stems(_source(sentence)))


def _own_verbs(sentence: PassageSentence) -> set[str]:
    """Lemmas of the verbs, without those that are light or report what the speaker says."""
    words = words_of(sentence.text)
    source = {word.lemma for word in words_of(_source(sentence))}
    return {w.lemma for n, w in enumerate(words) if _is_verb(words, n)} - source - LIGHT


def _is_verb(words: tuple[Word, ...], n: int) -> bool:
    """Whether the form may be a verb: "opened", "will open", or "opens" before a function word."""
    word = words[n]
    after = words[n + 1].key if n + 1 < len(words) else ""
    is_present = word.key.endswith("s") and word.lemma != word.key and not word.capital and after in STOP_WORDS
    return is_past(word) or is_present or (n > 0 and words[n - 1].key in _BEFORE_VERB)


def _source(sentence: PassageSentence) -> str:
    """The speaker and the reporting verb, or an empty string."""
    found = find_attribution(sentence.text, sentence.before, sentence.quotation)
    return f"{found.speaker} {found.verb}" if found else ""


def _figures(text: str) -> set[object]:
    """The amounts, days, months and years in the text."""
    dates = {(when.kind, when.value) for when in whens_of(text) if when.kind in {"day", "month", "year"}}
    return dates | {(quantity.kind, quantity.value) for quantity in quantities_of(text)}


def _is_negated(text: str) -> bool:
    return any(word.lemma in NEGATIONS for word in words_of(text))
