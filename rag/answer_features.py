"""Features of candidate sentences, and the logistic regressions that turn them into answer probabilities."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

from index.ports import Embedder
from index.search import RRF_K
from rag.odds import log_odds, logistic
from rag.passages import PassageSentence
from rag.ports import Scorer, SupportJudge
from rag.similarity import weighted_coverage
from rag.types import Passage

SHORTLIST = 24
"""Number of sentences scored in detail. On the sample archive it includes 98 % of the sentences that answer."""

MOST_FOUND = 2 / (RRF_K + 1)
"""The fused search score of a chunk that dense and lexical search both rank first (``index.search.fuse``)."""


@dataclass(frozen=True, slots=True)
class SentenceFeatures:
    """Features of one sentence with respect to a question.

    Attributes:
        model: the evidence model's log-odds that the sentence answers the question.
        cosine: cosine similarity of the embedded question and sentence, -1 to 1.
        covered: share of the question's content words, weighted by rarity, that headline, previous sentence and
            sentence contain together, 0 to 1.
        depth: natural logarithm of the passage's number.
    """

    model: float
    cosine: float
    covered: float
    depth: float


@dataclass(frozen=True, slots=True)
class AnswerFeatures:
    """Features of the retrieved passages as a whole: do they answer the question at all?

    Attributes:
        best: log-odds of the most probable sentence, from its ``SentenceFeatures``.
        agreed: agreement of dense and lexical search on the best chunk; 1 if both rank it first.
        held: the evidence model's log-odds that this sentence, with the one before it, supports the question read as
            a claim. It detects questions with a detail that the text does not give, such as another name or an
            antonym, which word overlap and cosine similarity miss.
    """

    best: float
    agreed: float
    held: float


@dataclass(frozen=True, slots=True)
class FeatureWeights:
    """Coefficients of two logistic regressions.

    The first gives the probability that a sentence answers, from its ``SentenceFeatures``; the second gives the
    probability that any sentence does, from the ``AnswerFeatures``.
    """

    sentence: tuple[float, ...]
    sentence_intercept: float
    answer: tuple[float, ...]
    answer_intercept: float


WEIGHTS = FeatureWeights(
    sentence=(0.716, 5.511, 1.639, -1.395), sentence_intercept=-5.554, answer=(0.686, 7.349, 0.3), answer_intercept=-4.9
)
"""Fitted by ``python -m evals.bench.reading_weights`` on questions held out from training. The weight of ``held`` also
uses unanswerable questions written by people, from SQuAD 2 and the sample archive (MODEL_CARD.md)."""


class FeatureJudge:
    """Scores sentences from their features; implements ``rag.extractive.SentenceJudge``."""

    def __init__(
        self, model: Scorer, support: SupportJudge, embedder: Embedder, weights: FeatureWeights = WEIGHTS
    ) -> None:
        self._model = model
        self._support = support
        self._embedder = embedder
        self._weights = weights

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        """Probability, 0 to 1, that a sentence answers, for each of the ``SHORTLIST`` most promising sentences."""
        return self.chances(self.sentence_features(question, sentences, passages))

    def chances(self, found: Mapping[PassageSentence, SentenceFeatures]) -> dict[PassageSentence, float]:
        """The same probability, for sentences whose features are already computed."""
        return {
            sentence: logistic(weighed(self._weights.sentence, self._weights.sentence_intercept, features))
            for sentence, features in found.items()
        }

    def confidence(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> float:
        """Probability, 0 to 1, that the question is answered; ``chance`` is that of the ``likeliest`` sentence."""
        features = self.answer_features(question, likeliest, chance, passages)
        return logistic(weighed(self._weights.answer, self._weights.answer_intercept, features))

    def answer_features(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> AnswerFeatures:
        """Features of one or more passages; ``chance``, 0 to 1, is the probability that ``likeliest`` answers."""
        (found,) = self._support.supports([(question, f"{likeliest.before} {likeliest.text}".strip())])
        return AnswerFeatures(log_odds(chance), agreed(passages), log_odds(found.supported))

    def sentence_features(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, SentenceFeatures]:
        """Features of the most promising sentences, at most ``SHORTLIST``."""
        if not sentences:
            return {}
        by_number = {passage.number: passage for passage in passages}
        covered = weighted_coverage(question, [_with_context(s, by_number[s.passage]) for s in sentences])
        shortlist = sorted(
            zip(sentences, covered, strict=True), key=lambda pair: 0.1 * math.log(pair[0].passage) - pair[1]
        )[:SHORTLIST]
        texts = [sentence.text for sentence, _ in shortlist]
        answers = self._model.answers(question, texts)
        cosines = self._embedder.embed_texts(texts) @ self._embedder.embed_questions([question])[0]
        return {
            sentence: SentenceFeatures(log_odds(chance), float(cosine), share, math.log(sentence.passage))
            for (sentence, share), chance, cosine in zip(shortlist, answers, cosines, strict=True)
        }


def agreed(passages: Sequence[Passage]) -> float:
    """Agreement of dense and lexical search on the best of one or more passages; 1 if both rank it first."""
    return max(passage.found for passage in passages) / MOST_FOUND


def weighed(weights: Sequence[float], offset: float, features: SentenceFeatures | AnswerFeatures) -> float:
    """The linear predictor (log-odds) of a logistic regression."""
    values: tuple[float, ...] = astuple(features)
    return offset + sum(weight * value for weight, value in zip(weights, values, strict=True))


def _with_context(sentence: PassageSentence, passage: Passage) -> str:
    return " ".join(filter(None, (passage.chunk.title, sentence.before, sentence.text)))
