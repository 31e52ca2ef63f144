"""Finds figures and dates that differ from a shown one but need the sentences before them to be understood.

Comparing two sentences cannot find these: "Police put the number at 3,500" says only in context what it counts, and
"It was moved to 4 May" what was moved.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.facts.difference import Difference, Topic
from rag.facts.figures import agree, phrase, same_fact
from rag.facts.naming import name_of_day, name_of_figure, name_of_thing
from rag.language.content_words import content, plain
from rag.language.corrections import retracted_span
from rag.language.stems import stems
from rag.language.times import When, whens_of
from rag.language.words import words_of
from rag.lexicon import word_set
from rag.lexicon.calendar import WEEKDAYS
from rag.passages import PassageSentence, flat
from rag.question.target import asks_a_date
from rag.rivals.figure_references import ResolvedFigure, alike, resolved_figures
from rag.types import Passage

_CHANGED = word_set(
    "now later then rise rose risen raised lowered cut revised corrected had first initial initially original "
    "originally early earlier before previous previously"
)
_MOVED = re.compile(
    r"\b(?:now|instead|postponed|delayed|rescheduled|(?:put|pushed|moved|brought) (?:back|off|forward|to)"
    r"|(?:later|earlier|sooner) than (?:(?:was|had been|it had been|first|originally|previously) )?"
    r"(?:planned|expected|announced|scheduled|promised))\b",
    re.IGNORECASE,
)
_AIMS = word_set(
    "now instead again aim due plan schedule set expect date day open start begin hold take place postpone delay "
    "reschedule"
)
_A_DATE = frozenset(stems("date day target new planned"))
_SHARED = 2  # minimum number of the question's stems that both the shown sentence and the text on the move contain
_ASKED_SHARED = 0.6  # minimum share of the question's stems that the text on the move contains


def other_counts(shown: str, own: Passage, passage: Passage) -> Iterator[tuple[PassageSentence, Difference]]:
    """Yields figures of ``passage`` that count the same as a figure of ``shown``, a sentence of ``own``, but differ.

    At least one of the two figures refers back to an earlier sentence; other figures are compared sentence by
    sentence (``rag.facts.disagreement``).
    """
    is_own = passage.chunk.article_id == own.chunk.article_id
    for ours in resolved_figures(own):
        if flat(ours.sentence.text) == flat(shown):
            for other in resolved_figures(passage):
                if difference := _other_count(ours, other, is_own=is_own):
                    yield other.sentence, difference


def _other_count(ours: ResolvedFigure, other: ResolvedFigure, *, is_own: bool) -> Difference | None:
    """The difference between two figures for one thing; within one article both must refer to the same sentence."""
    if not (ours.points or other.points) or agree(ours.fact, other.fact) or not alike(ours.fact, other.fact):
        return None
    if is_own and (flat(ours.root.text) != flat(other.root.text) or _mentions_change(ours, other)):
        return None
    if not same_fact(ours.fact, other.fact, content(ours.text) & content(other.text)):
        return None
    named = next((n for t in (ours, other) if not t.points and (n := name_of_figure(t.sentence.text, t.fact))), "")
    about = min(ours.fact.counts & other.fact.counts)
    return Difference(Topic.NUMBER, about, (phrase(ours.fact), phrase(other.fact)), (ours.fact, other.fact), named)


def _mentions_change(*figures: ResolvedFigure) -> bool:
    """Whether a sentence gives a former figure or says that it changed; within an article that is no disagreement."""
    return any(word.key in _CHANGED for figure in figures for word in words_of(figure.sentence.text))


def moved_day(shown: str, sentence: PassageSentence, passage: Passage, question: str) -> Difference | None:
    """The day to which something was postponed or brought forward ("The company now aims for 4 May").

    The headline and the preceding sentence may say what was moved. Both ``shown`` and ``sentence`` must contain
    exactly one day.
    """
    if not asks_a_date(question) or not _MOVED.search(sentence.text):
        return None
    ours, theirs = _days_of(shown), _days_of(sentence.text)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].value == theirs[0].value or retracted_span(sentence.text):
        return None
    about = frozenset(stems(f"{passage.chunk.title or ''} {sentence.before} {sentence.text}"))
    asked = frozenset(stems(question)) - _A_DATE
    if len(asked & about & frozenset(stems(shown))) < _SHARED or len(asked & about) < _ASKED_SHARED * len(asked):
        return None
    known = content(shown) | content(question)
    if _lemmas_before(sentence.text, theirs[0]) - known - _AIMS:  # the day is of something else
        return None
    shared = content(question) & content(shown)
    return Difference(
        Topic.DATE,
        "date",
        (ours[0].text, theirs[0].text),
        named=name_of_thing(shown, shared) or name_of_day(shown, ours[0], shared),
    )


def _lemmas_before(text: str, when: When) -> frozenset[str]:
    """The content lemmas in the clause of a day that come before it."""
    words = words_of(text)
    clause = content(text)
    before = words[: when.first]
    last = words[when.first - 1] if before and words[when.first - 1].key in WEEKDAYS else words[when.first]
    return frozenset(w.lemma for w in before if w.clause == last.clause and w.lemma in clause)


def _days_of(text: str) -> list[When]:
    return [when for when in whens_of(plain(text)) if when.kind == "day"]
