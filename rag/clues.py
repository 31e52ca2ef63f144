"""What speaks for a sentence as the answer to a question, and how probable an answer it is in the light of all that."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from index.ports import Embedder
from rag.odds import log_odds, logistic
from rag.passages import PassageSentence
from rag.ports import Scorer
from rag.similarity import weighted_coverage
from rag.types import Passage

SHORTLIST = 24
"""Sentences looked at closely. On the sample archive 98 in 100 of the answering ones are among the first 24."""


@dataclass(frozen=True, slots=True)
class Clues:
    """Of one sentence, before the question.

    ``model``: log-odds, by the evidence model, that the sentence answers. ``cosine`` of the embedded question and
    sentence, -1 to 1. ``covered``: share of the question's content words, rare ones weighing more, that headline,
    sentence before and sentence hold together, 0 to 1. ``depth``: logarithm of the passage's number.
    """

    model: float
    cosine: float
    covered: float
    depth: float


@dataclass(frozen=True, slots=True)
class ClueWeights:
    """Two logistic regressions.

    ``clues`` and ``offset``: whether a sentence answers, by its ``Clues`` in their order. ``best``: whether the
    question is answered, slope and offset of the likeliest sentence's log-odds.
    """

    clues: tuple[float, ...]
    offset: float
    best: tuple[float, float]


WEIGHTS = ClueWeights(clues=(0.225, 3.563, 2.606, -0.54), offset=-4.137, best=(1.053, 1.655))
"""From ``python -m evals.bench.reading_weights``, on questions that training held out."""


class ClueJudge:
    """Weighs the clues; a ``rag.extractive.SentenceJudge``."""

    def __init__(self, model: Scorer, embedder: Embedder, weights: ClueWeights = WEIGHTS) -> None:
        self._model = model
        self._embedder = embedder
        self._weights = weights

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        """Probability, 0 to 1, of each of the sentences most worth a close look that it answers."""
        found = self.clues(question, sentences, passages)
        return {sentence: self._probability(clues) for sentence, clues in found.items()}

    def _probability(self, clues: Clues) -> float:
        pairs = zip(self._weights.clues, astuple(clues), strict=True)
        return logistic(self._weights.offset + sum(weight * clue for weight, clue in pairs))

    def confidence(self, best: float) -> float:
        """Probability, 0 to 1, that the question is answered, from that of its likeliest sentence."""
        slope, offset = self._weights.best
        return logistic(slope * log_odds(best) + offset)

    def clues(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, Clues]:
        """The clues of the sentences most worth a close look, at most ``SHORTLIST``."""
        if not sentences:
            return {}
        by_number = {passage.number: passage for passage in passages}
        covered = weighted_coverage(question, [_in_place(s, by_number[s.passage]) for s in sentences])
        likely = sorted(
            zip(sentences, covered, strict=True), key=lambda pair: 0.1 * math.log(pair[0].passage) - pair[1]
        )[:SHORTLIST]
        texts = [sentence.text for sentence, _ in likely]
        answers = self._model.answers(question, texts)
        cosines = self._embedder.embed_texts(texts) @ self._embedder.embed_questions([question])[0]
        return {
            sentence: Clues(log_odds(chance), float(cosine), share, math.log(sentence.passage))
            for (sentence, share), chance, cosine in zip(likely, answers, cosines, strict=True)
        }


def _in_place(sentence: PassageSentence, passage: Passage) -> str:
    return " ".join(filter(None, (passage.chunk.title, sentence.before, sentence.text)))
