"""Answers "What happens next?" with what the newest report on the topic says is still to come."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.instructions import reports_of
from rag.language.stems import stems
from rag.passages import with_headline
from rag.ports import Reader
from rag.question.answer_type import missing_names
from rag.question.statements import states
from rag.similarity import coverage
from rag.stance.forecasts import is_forecast
from rag.stance.kinds import is_opinion_piece
from rag.types import Draft, Passage, Sentence

MOST = 3
"""Maximum number of sentences quoted."""

_NEXT = re.compile(
    r"^\W*(?:(?:and|so|but)\s+)?what(?:(?:['’]s|\s+is|\s+comes)\s+next\b"
    r"|\s+(?:happens|will\s+happen|is\s+going\s+to\s+happen)\s+(?:next|now)\b)(?!\s+to\b)",
    re.IGNORECASE,
)
_ABOUT = 0.5  # minimum share of the topic's stems at the top of a report, which says what it is about
_OPENING = 2  # sentences there, the first of which may be a byline


class NextReader:
    """Quotes the forecasts of the newest report on the topic; other questions go to another reader."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """Up to ``MOST`` sentences on what is to come, or the other reader's draft.

        What an older report says is to come may have happened by now, so that only the newest counts; without any
        date it is not known which that is.
        """
        asks = _NEXT.match(question)
        newest = _newest(question[asks.end() :], passages) if asks else []
        coming = [
            Sentence(sentence.text, (passage.number,))
            for passage in newest
            for sentence in reports_of(passage)
            if states(sentence.text) and is_forecast(sentence.text)
        ]
        return Draft(tuple(coming[:MOST])) if coming else self._reader.read(question, passages)


def _newest(topic: str, passages: Sequence[Passage]) -> list[Passage]:
    """The passages of the newest dated report that is about the topic, in the order of its text."""
    wanted = frozenset(stems(topic))
    about = [
        passage
        for passage in passages
        if wanted
        and passage.chunk.published
        and not missing_names(f"x {topic}", with_headline(passage))
        and coverage(wanted, frozenset(stems(_top(passage)))) >= _ABOUT
        and not is_opinion_piece([passage.chunk])
    ]
    latest = max((passage.chunk.published for passage in about if passage.chunk.published), default=None)
    found = [passage for passage in about if passage.chunk.published == latest]
    article = found[0].chunk.article_id if found else None
    return sorted((one for one in found if one.chunk.article_id == article), key=lambda one: one.chunk.ordinal)


def _top(passage: Passage) -> str:
    opening = reports_of(passage)[:_OPENING] if passage.chunk.ordinal == 0 else []
    return " ".join([passage.chunk.title or "", *(sentence.text for sentence in opening)])
