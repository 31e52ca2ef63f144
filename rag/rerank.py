"""Turns retrieved chunks into numbered passages: best first, without duplicate texts."""

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
    """Keeps the order of the search, which has already fused dense and lexical results."""

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:  # noqa: ARG002
        """At most ``limit`` passages in the order found."""
        return number([(scored, scored.score) for scored in found], limit)


RANK_WEIGHT = 0.6
"""Weight of the log of the search rank, subtracted from the log-odds of the scorer's score.

Of 481 questions held out from training (``python -m evals.bench.reading_weights``), the text with the answer comes
first for 0.82 of them with this weight, for 0.84 with 0.9, and for 0.75 by the model alone. With 0.9, even with the
reader's weights fitted to it, the chatbot shows fewer answers: to 0.63 instead of 0.66 of 99 news questions.
"""


class ScoredOrder:
    """Orders passages by a scorer's score for (question, passage) combined with their rank in the search."""

    def __init__(self, scorer: Scorer, depth: int, *, rank_weight: float = RANK_WEIGHT) -> None:
        """Scores only the first ``depth`` results; the others follow in the order of the search."""
        self._scorer = scorer
        self._depth = depth
        self._rank_weight = rank_weight

    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        """At most ``limit`` passages, best first; equal scores keep the order of the search."""
        first = found[: self._depth]
        scores = self._scorer.answers(question, [scored.chunk.text for scored in first])
        merits = [log_odds(score) - self._rank_weight * math.log(rank) for rank, score in enumerate(scores, start=1)]
        order = sorted(range(len(first)), key=lambda i: -merits[i])
        rest = [(scored, 0.0) for scored in found[self._depth :]]
        return number([*((first[i], scores[i]) for i in order), *rest], limit)


def number(ordered: Iterable[tuple[ScoredChunk, float]], limit: int) -> list[Passage]:
    """Numbers chunks from 1 in the order given, each with its score; at most ``limit``.

    A duplicate of an earlier text is not a passage of its own: its article is added to the first one's ``also_in``.
    """
    distinct: dict[str, tuple[ScoredChunk, float]] = {}
    for scored, score in ordered:
        words = flat(scored.chunk.text)
        first, best = distinct.get(words, (scored, score))
        distinct[words] = (first if first is scored else _merged(first, scored), best)
    return [
        Passage(rank, one.chunk, score, one.also_in, one.reprints, one.same_story, one.score)
        for rank, (one, score) in enumerate(list(distinct.values())[:limit], start=1)
    ]


def further(found: Iterable[ScoredChunk], passages: Sequence[Passage]) -> list[Passage]:
    """The chunks that were found but are not among ``passages``, in the order found, numbered after them."""
    known = {flat(passage.chunk.text) for passage in passages}
    rest = [(scored, 0.0) for scored in found if flat(scored.chunk.text) not in known]
    return [replace(passage, number=len(passages) + passage.number) for passage in number(rest, len(rest))]


def _merged(first: ScoredChunk, duplicate: ScoredChunk) -> ScoredChunk:
    articles = dict.fromkeys((*first.also_in, duplicate.chunk.article_id, *duplicate.also_in))
    articles.pop(first.chunk.article_id, None)
    return replace(first, also_in=tuple(articles))
