"""What a question asks for, as far as reports may differ on it: a figure, a date, a place, a cause, the newest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.answer_type import AnswerType, asked_type
from rag.disagreement import Difference, Topic
from rag.language.counted import group_said
from rag.language.quantities import Kind
from rag.language.stems import stems
from rag.language.times import whens_of
from rag.language.words import Word, words_of
from rag.lexicon import word_set
from rag.types import Passage

_PAST = word_set("first initial initially original originally early earlier earliest before previous previously ago")
_DEADLY = word_set("deadly deadliest fatal lethal")
_ABOUT = 0.6  # of a question's content words, from which a passage is on what it asks
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
    """Whether a figure or a date is asked for, which a later report may give anew."""
    words = words_of(question)
    is_plain = asked_type(question) in _NUMBERS or asks_a_date(question)
    return is_plain or bool(_groups(words)) or _HOW_BAD.search(question) is not None


def asks_a_date(question: str) -> bool:
    """Whether a day is asked for: "when", "on what day", "what was the target date"."""
    kind = asked_type(question)
    return kind is AnswerType.DATE or (kind is None and _WHAT_DATE.search(question) is not None)


def those_on(question: str, passages: Iterable[Passage]) -> list[Passage]:
    """The passages whose headline and text hold most of what the question is about, what it counts aside."""
    words = words_of(question)
    rest = [word.text for i, word in enumerate(words) if not group_said(words, i) and word.key not in _DEADLY]
    about = frozenset(stems(" ".join(rest)))
    if not about:
        return []
    held = ((one, about & frozenset(stems(f"{one.chunk.title or ''} {one.chunk.text}"))) for one in passages)
    return [one for one, words_held in held if len(words_held) >= _ABOUT * len(about)]


def asks_for_the_latest(question: str) -> bool:
    """Whether the question names no past moment ("at first", "on 5 March") whose figure it wants."""
    words = words_of(question)
    dated = any(when.kind in {"weekday", "day", "relative"} for when in whens_of(question))
    return not dated and not any(word.key in _PAST for word in words)


def is_asked(difference: Difference, question: str) -> bool:
    """Whether the texts differ on what the question asks for, and not on something they mention besides."""
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
        case Topic.DENIAL:
            return False  # judged by itself


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
    """What a question speaks of counting: the dead, the injured, what something cost."""
    said = {group for i in range(len(words)) if (group := group_said(words, i))}
    return said | {"killed"} if any(word.key in _DEADLY for word in words) else said
