"""Says what a follow-up question is about, in phrases of the question before it that stand in brackets behind it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.dialogue.ellipses import AUXILIARY
from rag.dialogue.phrases import Phrase, joined, phrases_of
from rag.dialogue.pronouns import capitalised
from rag.language.pointing import definite_noun_stems
from rag.language.stems import stems
from rag.overview import overview_of
from rag.question.answer_type import asked_type

_MAX_PHRASES = 4
_SO = re.compile(r"\bso\b", re.IGNORECASE)
_TOPIC = re.compile(r"\([^()]+\)\?$")
_ASKS_HOW = re.compile(
    rf"^(?:(?P<until>(?:since|until|till|for|by|from)\s+(?:when|how\s+\w+)\b)|how\s+\w+(?=\s+{AUXILIARY.pattern}))",
    re.IGNORECASE,
)
_ASKS_WHAT_HAPPENED = re.compile(r"^what\s+(?:has\s+|had\s+)?happen(?:ed|s)\b", re.IGNORECASE)


def with_topic(text: str, phrases: Sequence[Phrase]) -> str:
    """Appends the phrases of an earlier question that this one lacks."""
    held = set(stems(text))
    missing = [phrase for phrase in phrases if not set(stems(phrase.text)) <= held]
    if not missing:
        return text
    return capitalised(f"{text.rstrip(' ?!.')} ({', '.join(joined(missing[-_MAX_PHRASES:]))})?")


def topic_phrases(text: str, earlier: str, *, points: bool = False) -> Sequence[Phrase]:
    """The phrases of an earlier question that say what ``text`` is about.

    ``points`` is True if a pronoun of the text may stand for any of them.
    If ``text`` refers to a thing of the earlier question by a definite noun ("the bridge"), these are only the phrases
    with that noun, a name or a number. The others say what was asked before ("people died") and mislead the search.
    """
    overview = overview_of(earlier)
    phrases: Sequence[Phrase] = phrases_of(overview.topic) if overview else _without_measure(earlier)
    if not points and not _SO.search(text):
        phrases = _of_topic(phrases, earlier)
    things = definite_noun_stems(text)
    pointed = [phrase for phrase in phrases if any(thing & frozenset(stems(phrase.text)) for thing in things)]
    if not pointed:
        return phrases
    return [phrase for phrase in phrases if phrase in pointed or re.search(r"[A-ZÀ-Þ\d]", phrase.text)]


def _without_measure(earlier: str) -> Sequence[Phrase]:
    """The phrases of a question without those that only say what was asked.

    These are "long" of "how long", "since" of "since when" and "happened" of "what happened to".
    """
    if happened := _ASKS_WHAT_HAPPENED.match(earlier):
        return [phrase for phrase in phrases_of(earlier) if phrase.start >= happened.end()]
    asks = _ASKS_HOW.match(earlier)
    is_measure = asks and (asks["until"] or asked_type(asks[0]))
    return [phrase for phrase in phrases_of(earlier) if not is_measure or not asks or phrase.start >= asks.end()]


def _of_topic(phrases: Sequence[Phrase], earlier: str) -> Sequence[Phrase]:
    """The phrases without what a follow-up question only asked of its topic, which stands in brackets behind it.

    "Have there been new cases (Brenn outbreak)?" is about the outbreak; "How many tickets has the gallery sold (fair in
    Ost)?" about the gallery as well.
    """
    topic = _TOPIC.search(earlier)
    if topic is None:
        return phrases
    things = definite_noun_stems(earlier[: topic.start()])
    return [
        phrase
        for phrase in phrases
        if phrase.start > topic.start()
        or re.search(r"[A-ZÀ-Þ\d]", phrase.text)
        or any(thing & frozenset(stems(phrase.text)) for thing in things)
    ]
