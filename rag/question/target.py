"""Recognizes questions on which reports may differ: a figure, a date, a place, a cause, the latest state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.facts.denied_causes import DeniedCause
from rag.facts.difference import Difference, Topic
from rag.facts.disagreement import YES_OR_NO
from rag.facts.reversals import outcome_is_asked
from rag.language.content_words import content
from rag.language.counted import PERSONS, group_said
from rag.language.quantities import Kind
from rag.language.stems import stems
from rag.language.times import whens_of
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.question.answer_type import AnswerType, asked_type
from rag.stance.attribution import find_attribution
from rag.types import Attribution, Passage

_PAST = word_set("first initial initially original originally early earlier earliest before previous previously ago")
_DEADLY = word_set("deadly deadliest fatal lethal")
_MIN_TOPIC_SHARE = 0.6  # of the question's topic words that a passage on the same topic contains
_SOURCE_PHRASES = ("according", "in ", "as ", "per")  # not verbs: in "after the army said …" no source is asked for
_NUMBERS = {
    AnswerType.COUNT: {Kind.COUNT},
    AnswerType.AMOUNT: {Kind.COUNT, Kind.MONEY, Kind.SHARE},
    AnswerType.PERCENT: {Kind.SHARE},
}
_WHO_IS_RIGHT = re.compile(
    r"\bwho(?:['’]s| is| was| has)? (?:right|correct|wrong|mistaken|telling the truth)\b", re.IGNORECASE
)
_HOW_BAD = re.compile(r"\bhow (?:bad|badly|serious|severe|extensive|widespread)\b", re.IGNORECASE)
_WHAT_DATE = re.compile(r"\b(?:what|which)\b[^?]{0,40}\b(?:date|day)\b", re.IGNORECASE)
_CAUSES = re.compile(r"\b(?:why|caused?|reason|blamed|because)\b", re.IGNORECASE)


def asks_what_changes(question: str) -> bool:
    """Whether the question asks for a figure or a date, which later reports may update."""
    words = words_of(question)
    is_plain = asked_type(question) in _NUMBERS or asks_a_date(question)
    return is_plain or bool(_groups(words)) or _HOW_BAD.search(question) is not None


def asks_a_date(question: str) -> bool:
    """Whether the question asks for a date: "when", "on what day", "what was the target date"."""
    kind = asked_type(question)
    return kind is AnswerType.DATE or (kind is None and _WHAT_DATE.search(question) is not None)


def those_on(question: str, passages: Iterable[Passage]) -> list[Passage]:
    """The passages on the question's topic.

    Headline and text together must contain at least 60 % of the question's content words. Words for what is counted
    ("deaths") are left out of that share.
    """
    words = words_of(question)
    topic_words = [word.text for i, word in enumerate(words) if not group_said(words, i) and word.key not in _DEADLY]
    topic_stems = frozenset(stems(" ".join(topic_words)))
    if not topic_stems:
        return []
    matches = (
        (passage, topic_stems & frozenset(stems(f"{passage.chunk.title or ''} {passage.chunk.text}")))
        for passage in passages
    )
    return [passage for passage, found in matches if len(found) >= _MIN_TOPIC_SHARE * len(topic_stems)]


def asks_for_the_latest(question: str) -> bool:
    """Whether the question asks for the latest figure: it names no earlier time ("at first", "on 5 March")."""
    words = words_of(question)
    dated = any(when.kind in {"weekday", "day", "relative"} for when in whens_of(question))
    return not dated and not any(word.key in _PAST for word in words)


def is_from_asked_source(question: str, attribution: Attribution | None) -> bool:
    """Whether a statement has the source that the question asks for ("according to the police").

    Always True if the question names no source.
    """
    asked = find_attribution(question)
    if asked is None or not asked.verb.startswith(_SOURCE_PHRASES):
        return True
    return attribution is not None and bool(set(stems(asked.speaker)) & set(stems(attribution.speaker)))


def is_asked(difference: Difference, question: str) -> bool:
    """Whether the difference concerns what the question asks for, rather than something mentioned in passing."""
    asked = None if _WHO_IS_RIGHT.search(question) else asked_type(question)
    match difference.topic:
        case Topic.NUMBER:
            return (asked is None or asked in _NUMBERS) and _is_asked_figure(difference, asked, question)
        case Topic.DATE:
            return asks_a_date(question)
        case Topic.PLACE:
            return asked is AnswerType.PLACE
        case Topic.CAUSE:
            return bool(_CAUSES.search(question))
        case Topic.OUTCOME:
            return outcome_is_asked(difference, question)
        case Topic.DENIAL:
            return isinstance(difference, DeniedCause) and _asks_who_or_why(difference, question)


def _asks_who_or_why(difference: DeniedCause, question: str) -> bool:
    """Whether the question asks for the cause that is denied, or for who did it; not whether it was so.

    Denials of other kinds, and those that answer a yes/no question, are handled separately.
    """
    if YES_OR_NO.search(question) or asked_type(question) not in {None, AnswerType.PERSON, AnswerType.NAME}:
        return False
    asked = content(question)
    return bool(difference.effect & asked) and bool(_CAUSES.search(question) or difference.verb in asked)


def _is_asked_figure(difference: Difference, asked: AnswerType | None, question: str) -> bool:
    ours, theirs = difference.figures
    both = ours.counts & theirs.counts
    words = words_of(question)
    groups = _groups(words)
    if asked is None:  # "What will the mine cost?", "How bad was the storm?"
        return bool(both & groups) or (_HOW_BAD.search(question) is not None and ours.amount.kind is Kind.COUNT)
    if ours.amount.kind not in _NUMBERS[asked]:
        return False
    if not groups and asked is AnswerType.COUNT:  # "How many lost their lives?"
        return True
    return bool(both & (groups | {word.lemma for word in words}))


def _groups(words: Sequence[Word]) -> set[str]:
    """The counted groups that the question mentions: the dead, the injured, the cost."""
    said = {word.lemma: group for i, word in enumerate(words) if (group := group_said(words, i))}
    mentioned = {group for lemma, group in said.items() if lemma not in PERSONS} or set(said.values())
    return mentioned | {"killed"} if any(word.key in _DEADLY for word in words) else mentioned
