"""The reader's two regressions, fitted and tried on questions left out of the fit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from evals.bench.reading_pools import Kind, Pool
from rag.clues import ClueJudge, Clues, ClueWeights, Signs, weighed
from rag.extractive import Scored, fit_to_answer, names_any
from rag.odds import logistic
from rag.passages import PassageSentence
from rag.ports import Reranker
from rag.sections import Search
from rag.types import Passage

FOLDS = 6
PASSAGES = Search().passages
SHARES = {Kind.THERE: 0.5, Kind.TAKEN_OUT: 0.13, Kind.CUT: 0.13, Kind.SPOILT: 0.13, Kind.OFF_TOPIC: 0.11}
"""What each kind counts in the second regression: half of what is asked is answered."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pool as the reader sees it: its passages, the clues of its sentences, and which of them answer.

    ``signs`` are those of the likeliest sentence by the weights in force. ``is_refused``: the reader asks nothing,
    since the passages lack all names of the question or hold nothing of the kind asked for.
    """

    pool: Pool
    passages: tuple[Passage, ...]
    sentences: tuple[PassageSentence, ...]
    clues: tuple[Clues, ...]
    right: tuple[bool, ...]
    signs: Signs
    is_refused: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pool as weights fitted without its question see it: log-odds of its sentences, and the confidence."""

    judged: Judged
    scores: tuple[float, ...]
    confidence: float

    @property
    def ranked(self) -> list[Scored]:
        """Its sentences, best first."""
        found = [Scored(*pair) for pair in zip(self.judged.sentences, map(logistic, self.scores), strict=True)]
        return sorted(found, key=lambda scored: -scored.score)

    @property
    def is_right(self) -> bool:
        """Whether the likeliest sentence answers."""
        return bool(self.scores) and self.judged.right[int(np.argmax(self.scores))]


def judged(pool: Pool, order: Reranker, judge: ClueJudge) -> Judged:
    """The pool as the reader would see it."""
    passages = order.rank(pool.question, pool.found, PASSAGES)
    clues = judge.clues(pool.question, fit_to_answer(pool.question, passages), passages)
    chances = judge.chances(clues)
    likeliest = max(chances, key=chances.__getitem__, default=None)
    article = {passage.number: passage.chunk.article_id for passage in passages}
    return Judged(
        pool,
        tuple(passages),
        tuple(clues),
        tuple(clues.values()),
        tuple(pool.is_right(article[sentence.passage], sentence.text) for sentence in clues),
        judge.signs(pool.question, likeliest, chances[likeliest], passages) if likeliest else Signs(0.0, 0.0, 0.0),
        not clues or not names_any(pool.question, passages),
    )


def fit(some: Sequence[Judged], without: Sequence[str] = ()) -> ClueWeights:
    """Both regressions; the clues and signs named in ``without`` weigh nothing."""
    seen = [one for one in some if not one.is_refused]
    asked = [one for one in seen if one.pool.kind is not Kind.OFF_TOPIC]
    rows = np.array([astuple(clues) for one in asked for clues in one.clues])
    weights, offset = _regression(rows, [r for one in asked for r in one.right], Clues, without)
    best = [max(weighed(weights, offset, clues) for clues in one.clues) for one in seen]
    signs = np.array([(top, *astuple(one.signs)[1:]) for top, one in zip(best, seen, strict=True)])
    held = Counter((one.pool.kind, one.pool.source) for one in seen)
    sources = Counter(kind for kind, _ in held)
    each = [SHARES[kind] / sources[kind] / held[kind, source] for kind, source in _keys(seen)]
    sign_weights, shift = _regression(signs, [one.pool.is_answered for one in seen], Signs, without, each)
    return ClueWeights(weights, offset, sign_weights, shift)


def _keys(seen: Sequence[Judged]) -> list[tuple[Kind, str]]:
    return [(one.pool.kind, one.pool.source) for one in seen]


def _regression(
    rows: np.ndarray,
    answers: Sequence[bool],
    names: type[Clues | Signs],
    without: Sequence[str],
    each: Sequence[float] | None = None,
) -> tuple[tuple[float, ...], float]:
    """Weights and offset; ``each`` is what each row counts."""
    kept = np.array([float(name not in without) for name in names.__slots__])
    spread = np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1.0)
    counted = None if each is None else np.array(each) * len(rows) / sum(each)
    found = LogisticRegression(C=10.0, max_iter=5000).fit(rows * kept / spread, answers, sample_weight=counted)
    weights = found.coef_[0] * kept / spread
    return tuple(round(float(weight), 3) for weight in weights), round(float(found.intercept_[0]), 3)


def left_out(some: Sequence[Judged], without: Sequence[str] = ()) -> Iterator[LeftOut]:
    """Every pool by weights fitted without its question, in any form of it."""
    texts = sorted({one.pool.answers for one in some})
    fold = {answers: place % FOLDS for place, answers in enumerate(texts)}
    for number in range(FOLDS):
        weights = fit([one for one in some if fold[one.pool.answers] != number], without)
        for one in some:
            if fold[one.pool.answers] == number:
                yield _tried(one, weights)


def _tried(one: Judged, weights: ClueWeights) -> LeftOut:
    scores = tuple(weighed(weights.clues, weights.offset, clues) for clues in one.clues)
    if one.is_refused:
        return LeftOut(one, scores, 0.0)
    signs = replace(one.signs, best=max(scores))
    return LeftOut(one, scores, logistic(weighed(weights.signs, weights.shift, signs)))


def placed(pool: Pool, order: Reranker) -> int | None:
    """From 1, the place at which an order puts the article that answers; None where it has none of its chunks.

    ``order`` is asked for what it would rerank, and no more.
    """
    passages = order.rank(pool.question, pool.found[: Search().reranked], Search().reranked)
    right = (passage.number for passage in passages if passage.chunk.article_id == pool.own)
    return next(right, None) if pool.is_answered else None
