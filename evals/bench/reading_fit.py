"""Fit the reader's two logistic regressions, with cross-validation over questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from evals.bench.reading_pools import Kind, Pool
from rag.answer_features import AnswerFeatures, FeatureJudge, FeatureWeights, SentenceFeatures, weighed
from rag.extractive import Scored, fit_to_answer
from rag.odds import logistic
from rag.passages import PassageSentence
from rag.ports import Reranker
from rag.settings_sections import Search
from rag.types import Passage

FOLDS = 6
"""Folds of the cross-validation."""

PASSAGES = Search().passages
"""Passages that the reader gets."""

SHARES = {
    Kind.THERE: 0.5,
    Kind.TAKEN_OUT: 0.1,
    Kind.CUT: 0.1,
    Kind.SPOILT: 0.05,
    Kind.OPEN: 0.15,
    Kind.OFF_TOPIC: 0.1,
}
"""Total sample weight of each kind in the second regression; half of it is on answered questions."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pool as the reader sees it: passages, sentences with their features, and whether each sentence answers.

    ``answer_features`` are those of the most probable sentence by the current weights. ``is_refused``: the reader
    abstains before it scores, because no sentence can answer.
    """

    pool: Pool
    passages: tuple[Passage, ...]
    sentences: tuple[PassageSentence, ...]
    sentence_features: tuple[SentenceFeatures, ...]
    right: tuple[bool, ...]
    answer_features: AnswerFeatures
    is_refused: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A pool scored with weights fitted without its question: log-odds of its sentences, and the confidence."""

    judged: Judged
    scores: tuple[float, ...]
    confidence: float

    @property
    def ranked(self) -> list[Scored]:
        """The sentences with their probabilities, best first."""
        sentences = [Scored(*pair) for pair in zip(self.judged.sentences, map(logistic, self.scores), strict=True)]
        return sorted(sentences, key=lambda scored: -scored.score)

    @property
    def is_right(self) -> bool:
        """Whether the sentence with the highest score answers the question."""
        return bool(self.scores) and self.judged.right[int(np.argmax(self.scores))]


def judged(pool: Pool, order: Reranker, judge: FeatureJudge) -> Judged:
    """Compute what the reader sees of a pool."""
    passages = order.rank(pool.question, pool.found, PASSAGES)
    found = judge.sentence_features(pool.question, fit_to_answer(pool.question, passages), passages)
    chances = judge.chances(found)
    best = max(chances, key=chances.__getitem__, default=None)
    article = {passage.number: passage.chunk.article_id for passage in passages}
    return Judged(
        pool,
        tuple(passages),
        tuple(found),
        tuple(found.values()),
        tuple(pool.is_right(article[sentence.passage], sentence.text) for sentence in found),
        judge.answer_features(pool.question, best, chances[best], passages) if best else AnswerFeatures(0.0, 0.0, 0.0),
        not found,
    )


def fit(pools: Sequence[Judged], without: Sequence[str] = ()) -> FeatureWeights:
    """Fit both regressions; the features named in ``without`` get a weight of 0."""
    scored = [one for one in pools if not one.is_refused]
    on_topic = [one for one in scored if one.pool.kind is not Kind.OFF_TOPIC]
    rows = np.array([astuple(features) for one in on_topic for features in one.sentence_features])
    weights, offset = _regression(rows, [r for one in on_topic for r in one.right], SentenceFeatures, without)
    best = [max(weighed(weights, offset, features) for features in one.sentence_features) for one in scored]
    rows = np.array([(top, *astuple(one.answer_features)[1:]) for top, one in zip(best, scored, strict=True)])
    answered = [one.pool.is_answered for one in scored]
    answer_weights, shift = _regression(rows, answered, AnswerFeatures, without, _sample_weights(scored))
    return FeatureWeights(weights, offset, answer_weights, shift)


def _sample_weights(pools: Sequence[Judged]) -> list[float]:
    """The share of each kind, divided equally among its sources and then among the pools of each source."""
    keys = [(one.pool.kind, one.pool.source) for one in pools]
    counts = Counter(keys)
    sources = Counter(kind for kind, _ in counts)
    return [SHARES[kind] / sources[kind] / counts[kind, source] for kind, source in keys]


def _regression(
    rows: np.ndarray,
    answers: Sequence[bool],
    names: type[SentenceFeatures | AnswerFeatures],
    without: Sequence[str],
    sample_weights: Sequence[float] | None = None,
) -> tuple[tuple[float, ...], float]:
    """Coefficients for the unscaled features, and the intercept; ``sample_weights`` are normalised to a mean of 1."""
    used = np.array([float(name not in without) for name in names.__slots__])
    scale = np.where(rows.std(axis=0) > 0, rows.std(axis=0), 1.0)
    normalised = None if sample_weights is None else np.array(sample_weights) * len(rows) / sum(sample_weights)
    fitted = LogisticRegression(C=10.0, max_iter=5000).fit(rows * used / scale, answers, sample_weight=normalised)
    weights = fitted.coef_[0] * used / scale
    return tuple(round(float(weight), 3) for weight in weights), round(float(fitted.intercept_[0]), 3)


def left_out(pools: Sequence[Judged], without: Sequence[str] = ()) -> Iterator[LeftOut]:
    """Score every pool with weights fitted on other questions; pools with the same answers share a fold."""
    texts = sorted({one.pool.answers for one in pools})
    fold = {answers: place % FOLDS for place, answers in enumerate(texts)}
    for number in range(FOLDS):
        weights = fit([one for one in pools if fold[one.pool.answers] != number], without)
        for one in pools:
            if fold[one.pool.answers] == number:
                yield _scored(one, weights)


def _scored(one: Judged, weights: FeatureWeights) -> LeftOut:
    scores = tuple(
        weighed(weights.sentence, weights.sentence_intercept, features) for features in one.sentence_features
    )
    if one.is_refused:
        return LeftOut(one, scores, 0.0)
    answer_features = replace(one.answer_features, best=max(scores))
    return LeftOut(one, scores, logistic(weighed(weights.answer, weights.answer_intercept, answer_features)))


def placed(pool: Pool, order: Reranker) -> int | None:
    """The rank, from 1, of the first passage of the answering article; None if there is none or no answer.

    Only the chunks that the pipeline reranks are passed to ``order``.
    """
    passages = order.rank(pool.question, pool.found[: Search().reranked], Search().reranked)
    right = (passage.number for passage in passages if passage.chunk.article_id == pool.own)
    return next(right, None) if pool.is_answered else None
