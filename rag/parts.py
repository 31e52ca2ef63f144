"""Answers a question of two parts part by part: "How many voted for it, and who abstained?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.ports import Reader, Rewriter
from rag.types import Draft, Passage, Turn

MOST_PARTS = 3
OF_EACH = 2
"""Sentences that each part is answered with."""

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_VERB = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)"
_IS_ASKED = re.compile(
    rf"^\W*(?:(?:for|by|in|on|at|to|from|since|until|of|with)\s+)?(?:{_WH}|{_VERB})\b", re.IGNORECASE
)
_NEXT = re.compile(
    rf"(?:\?\s+(?:and\s+)?|,?\s+and\s+)"
    rf"(?=(?:(?:for|by|in|on|at|to|from|since|until|with)\s+)?(?:{_WH}|{_VERB})\b)",
    re.IGNORECASE,
)


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that a question asks, in their order; one of a single part is given as it is.

    Only what is joined by "and" or a question mark and begins as a question does is a part of its own.
    """
    parts = [part.strip(" ?,") for part in _NEXT.split(question.strip())]
    if not 1 < len(parts) <= MOST_PARTS or not all(_IS_ASKED.match(part) for part in parts):
        return (question,)
    if any(_goes_on(part, following) for part, following in pairwise(parts)):
        return (question,)
    return tuple(f"{part}?" for part in parts)


def _goes_on(part: str, following: str) -> bool:
    """Whether "and who" only adds to a clause: "Is the man who resigned and who denied it still there?"."""
    opening = following.split(maxsplit=1)[0].lower()
    return opening in part.lower().split()[1:]


class PartsReader:
    """Reads each part of a question by itself, later ones made to stand alone; what goes unanswered is noted."""

    def __init__(self, reader: Reader, rewriter: Rewriter) -> None:
        self._reader = reader
        self._rewriter = rewriter

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The sentences that answer the parts, in the order of the parts, each once.

        Its confidence is that of the part that is answered most surely; it is unsure where that part is.
        """
        parts = parts_of(question)
        drafts = [self._reader.read(part, passages) for part in self._alone(parts)] if len(parts) > 1 else []
        answered = [draft for draft in drafts if draft.sentences]
        if not answered:
            return self._reader.read(question, passages)
        surest = max(answered, key=lambda draft: draft.confidence or 0.0)
        told = dict.fromkeys(sentence for draft in answered for sentence in draft.sentences[:OF_EACH])
        open_ = [part for part, draft in zip(parts, drafts, strict=True) if not draft.sentences]
        return Draft(tuple(told), surest.confidence, surest.unsure, tuple(map(_unanswered, open_)))

    def _alone(self, parts: Sequence[str]) -> list[str]:
        alone: list[str] = []
        for part in parts:
            alone.append(self._rewriter.rewrite(part, [Turn(earlier) for earlier in alone]).text)
        return alone


def _unanswered(part: str) -> str:
    return f"Not answered: “{part}” It may be when it is asked by itself."
