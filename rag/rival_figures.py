"""Figures and dates in what was retrieved that differ from a shown one, though no two sentences can be held together.

One says what it counts, or what was moved, only by what stands before it: "Police put the number at 3,500."
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.asked import asks_a_date
from rag.contents import content, plain
from rag.disagreement import Difference, Topic
from rag.figures import agree, phrase, same_fact
from rag.language.corrections import retracted
from rag.language.stems import stems
from rag.language.times import When, whens_of
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.calendar import WEEKDAYS
from rag.naming import name_of_day, name_of_figure, name_of_thing
from rag.passages import PassageSentence, flat
from rag.pointing_figures import Told, alike, figures_told
from rag.types import Passage

_CHANGED = word_set(
    "now later then rise rose risen raised lowered cut revised corrected had first initial initially original "
    "originally early earlier before previous previously"
)
_MOVED = re.compile(
    r"\b(?:now|instead|postponed|delayed|rescheduled|(?:put|pushed|moved|brought) (?:back|off|forward|to))\b",
    re.IGNORECASE,
)
_AIMS = word_set(
    "now instead again aim due plan schedule set expect date day open start begin hold take place postpone delay "
    "reschedule"
)
_A_DATE = frozenset(stems("date day target new planned"))
_SHARED = 2  # stems of the question that both the shown sentence and what is said of the move hold
_ASKED_SHARED = 0.6  # of the question's content words, in what is said of the move


def other_counts(told: str, own: Passage, passage: Passage) -> Iterator[tuple[PassageSentence, Difference]]:
    """Figures that ``passage`` gives of what the figure of ``told``, a sentence of ``own``, counts.

    One of the two says what it counts only by pointing back; two plain figures are compared as sentences are.
    """
    is_own = passage.chunk.article_id == own.chunk.article_id
    for ours in figures_told(own):
        if flat(ours.sentence.text) == flat(told):
            for other in figures_told(passage):
                if difference := _other_count(ours, other, is_own=is_own):
                    yield other.sentence, difference


def _other_count(told: Told, other: Told, *, is_own: bool) -> Difference | None:
    """The difference of two figures of one thing; within an article only where they go back to one sentence."""
    if not (told.points or other.points) or agree(told.fact, other.fact) or not alike(told.fact, other.fact):
        return None
    if is_own and (flat(told.root.text) != flat(other.root.text) or _tells_a_change(told, other)):
        return None
    if not same_fact(told.fact, other.fact, content(told.text) & content(other.text)):
        return None
    named = next((n for t in (told, other) if not t.points and (n := name_of_figure(t.sentence.text, t.fact))), "")
    about = min(told.fact.counts & other.fact.counts)
    return Difference(Topic.NUMBER, about, (phrase(told.fact), phrase(other.fact)), (told.fact, other.fact), named)


def _tells_a_change(*figures: Told) -> bool:
    """One of the sentences tells what the figure was, or that it changed: then nobody counts otherwise."""
    return any(word.key in _CHANGED for told in figures for word in words_of(told.sentence.text))


def moved_day(told: str, sentence: PassageSentence, passage: Passage, question: str) -> Difference | None:
    """The day to which something was put off or brought forward ("The company now aims for 4 May").

    What is moved may stand in the headline and the sentence before. Both sides give one day and no more.
    """
    if not asks_a_date(question) or not _MOVED.search(sentence.text):
        return None
    ours, theirs = _days_of(told), _days_of(sentence.text)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].value == theirs[0].value or retracted(sentence.text):
        return None
    about = frozenset(stems(f"{passage.chunk.title or ''} {sentence.before} {sentence.text}"))
    asked = frozenset(stems(question)) - _A_DATE
    if len(asked & about & frozenset(stems(told))) < _SHARED or len(asked & about) < _ASKED_SHARED * len(asked):
        return None
    known = content(told) | content(question)
    if _dated_there(sentence.text, theirs[0]) - known - _AIMS:  # the day is of something else
        return None
    shared = content(question) & content(told)
    return Difference(
        Topic.DATE,
        "date",
        (ours[0].text, theirs[0].text),
        named=name_of_thing(told, shared) or name_of_day(told, ours[0], shared),
    )


def _dated_there(text: str, when: When) -> frozenset[str]:
    """Content lemmas before a day, in its clause."""
    words = words_of(text)
    clause = content(text)
    before = words[: when.first]
    last = words[when.first - 1] if before and words[when.first - 1].key in WEEKDAYS else words[when.first]
    return frozenset(w.lemma for w in before if w.clause == last.clause and w.lemma in clause)


def _days_of(text: str) -> list[When]:
    return [when for when in whens_of(plain(text)) if when.kind == "day"]
