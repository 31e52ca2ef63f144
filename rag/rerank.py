"""From retrieved chunks to numbered passages: best first, each text once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.types import ScoredChunk
from rag.odds import log_odds
from rag.passages import flat
from rag.ports import Scorer
from rag.types import Passage


class RetrievalOrder:
    """Keeps the order of the search, which has already fused meaning and words."""

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:  # noqa: ARG002
        """At most ``limit`` passages in the order found."""
        return number([(scored, scored.score) for scored in found], limit)


RANK_WEIGHT = 0.6
"""What a place further down the search costs, in log-odds times the logarithm of the place.

On 138 news quiz questions that training held out (``python -m evals.bench.reading_weights``) the text that answers
comes first for 0.76 with anything from 0.6 to 1, by the model alone for 0.63, by the search alone for 0.71.
"""


class ScoredOrder:
    """Orders by what a scorer says of each (question, passage), and by where the search had it."""

    def __init__(self, scorer: Scorer, depth: int = 12, *, rank_weight: float = RANK_WEIGHT) -> None:
        """Only the first ``depth`` found are scored; the others follow in the order of the search."""
        self._scorer = scorer
        self._depth = depth
        self._rank_weight = rank_weight

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages, best first; equal scores keep the order of the search."""
        first = found[: self._depth]
        scores = self._scorer.answers(question, [scored.chunk.text for scored in first])
        places = [log_odds(score) - self._rank_weight * math.log(rank) for rank, score in enumerate(scores, start=1)]
        order = sorted(range(len(first)), key=lambda i: -places[i])
        rest = [(scored, 0.0) for scored in found[self._depth :]]
        return number([*((first[i], scores[i]) for i in order), *rest], limit)


def number(ordered: Iterable[tuple[ScoredChunk, float]], limit: int) -> list[Passage]:
    """Numbers from 1, each with the score that ordered it.

    A text that came before is not a passage of its own but named in the first one's ``also_in``.
    """
    voices: dict[str, tuple[ScoredChunk, float]] = {}
    for scored, score in ordered:
        words = flat(scored.chunk.text)
        first, best = voices.get(words, (scored, score))
        voices[words] = (first if first is scored else _joined(first, scored), best)
    return [
        Passage(place, one.chunk, score, one.also_in, one.reprints, one.same_story, one.score)
        for place, (one, score) in enumerate(list(voices.values())[:limit], start=1)
    ]


def further(found: Iterable[ScoredChunk], passages: Sequence[Passage]) -> list[Passage]:
    """What was found besides the passages, in the order found and numbered on from them."""
    known = {flat(passage.chunk.text) for passage in passages}
    rest = [(scored, 0.0) for scored in found if flat(scored.chunk.text) not in known]
    return [replace(passage, number=len(passages) + passage.number) for passage in number(rest, len(rest))]


def _joined(first: ScoredChunk, again: ScoredChunk) -> ScoredChunk:
    places = dict.fromkeys((*first.also_in, again.chunk.article_id, *again.also_in))
    places.pop(first.chunk.article_id, None)
    return replace(first, also_in=tuple(places))
