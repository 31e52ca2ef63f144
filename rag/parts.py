"""Splits compound questions and answers each part by itself: "How many voted for it, and who abstained?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.ports import Reader, Rewriter
from rag.turns import Turn
from rag.types import Draft, Passage

MOST_PARTS = 3
"""Maximum number of parts; a question with more is read as a whole."""
MOST_PER_PART = 2
"""Maximum number of sentences that answer each part."""

_WH = r"(?:who|whom|whose|what|which|when|where|why|how)"
_VERB = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|should)"
_QUESTION_START = re.compile(
    rf"^\W*(?:(?:for|by|in|on|at|to|from|since|until|of|with)\s+)?(?:{_WH}|{_VERB})\b", re.IGNORECASE
)
_SEPARATOR = re.compile(
    rf"(?:\?\s+(?:and\s+)?|,?\s+and\s+)"
    rf"(?=(?:(?:for|by|in|on|at|to|from|since|until|with)\s+)?(?:{_WH}|{_VERB})\b)",
    re.IGNORECASE,
)


def parts_of(question: str) -> tuple[str, ...]:
    """Splits a question into its parts, in order; a question with a single part is returned unchanged.

    Parts are separated by "and" or a question mark, and each must begin like a question.
    """
    parts = [part.strip(" ?,") for part in _SEPARATOR.split(question.strip())]
    if not 1 < len(parts) <= MOST_PARTS or not all(_QUESTION_START.match(part) for part in parts):
        return (question,)
    if any(_continues_clause(part, following) for part, following in pairwise(parts)):
        return (question,)
    return tuple(f"{part}?" for part in parts)


def _continues_clause(part: str, following: str) -> bool:
    """Whether "and who" continues a relative clause: "Is the man who resigned and who denied it still there?"."""
    first_word = following.split(maxsplit=1)[0].lower()
    return first_word in part.lower().split()[1:]


class PartsReader:
    """Reads each part of a question by itself, and notes the parts that stay unanswered.

    The rewriter makes later parts stand alone.
    """

    def __init__(self, reader: Reader, rewriter: Rewriter) -> None:
        self._reader = reader
        self._rewriter = rewriter

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        """The sentences that answer the parts, in the order of the parts, without duplicates.

        ``confidence`` and ``unsure`` are those of the part with the highest confidence.
        """
        parts = parts_of(question)
        drafts = [self._reader.read(part, passages) for part in self._standalone(parts)] if len(parts) > 1 else []
        answered = [draft for draft in drafts if draft.sentences]
        if not answered:
            return self._reader.read(question, passages)
        surest = max(answered, key=lambda draft: draft.confidence or 0.0)
        sentences = dict.fromkeys(sentence for draft in answered for sentence in draft.sentences[:MOST_PER_PART])
        unanswered = [part for part, draft in zip(parts, drafts, strict=True) if not draft.sentences]
        return Draft(tuple(sentences), surest.confidence, surest.unsure, tuple(map(_unanswered_note, unanswered)))

    def _standalone(self, parts: Sequence[str]) -> list[str]:
        standalone: list[str] = []
        for part in parts:
            standalone.append(self._rewriter.rewrite(part, [Turn(earlier) for earlier in standalone]).text)
        return standalone


def _unanswered_note(part: str) -> str:
    return f"Not answered: “{part}” Try asking it by itself."
