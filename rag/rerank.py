"""From retrieved chunks to numbered passages: best first, each text once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.types import ScoredChunk
from rag.passages import flat
from rag.ports import Scorer
from rag.types import Passage


class RetrievalOrder:
    """Keeps the order of the search, which has already fused meaning and words."""

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:  # noqa: ARG002
        """At most ``limit`` passages in the order found."""
        return number(found, limit)


class ScoredOrder:
    """Orders by what a scorer says of each (question, passage), which reads both together."""

    def __init__(self, scorer: Scorer, depth: int = 12) -> None:
        """Only the first ``depth`` found are scored; the others follow in the order of the search."""
        self._scorer = scorer
        self._depth = depth

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages, best first; equal scores keep the order of the search."""
        first = found[: self._depth]
        scores = self._scorer.answers(question, [scored.chunk.text for scored in first])
        rescored = [replace(scored, score=score) for scored, score in zip(first, scores, strict=True)]
        rest = [replace(scored, score=0.0) for scored in found[self._depth :]]
        return number([*sorted(rescored, key=lambda scored: -scored.score), *rest], limit)


def number(found: Iterable[ScoredChunk], limit: int) -> list[Passage]:
    """Numbers from 1; a text that came before is not a passage of its own but named in the first one's ``also_in``."""
    voices: dict[str, ScoredChunk] = {}
    for scored in found:
        words = flat(scored.chunk.text)
        voices[words] = _joined(voices[words], scored) if words in voices else scored
    return [
        Passage(number=place, chunk=scored.chunk, score=scored.score, also_in=scored.also_in)
        for place, scored in enumerate(list(voices.values())[:limit], start=1)
    ]


def _joined(first: ScoredChunk, again: ScoredChunk) -> ScoredChunk:
    places = dict.fromkeys((*first.also_in, again.chunk.article_id, *again.also_in))
    places.pop(first.chunk.article_id, None)
    return replace(first, also_in=tuple(places))
