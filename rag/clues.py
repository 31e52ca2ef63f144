"""What speaks for a sentence as the answer to a question, and how probable an answer it is in the light of all that."""

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
"""Sentences looked at closely. On the sample archive 98 in 100 of the answering ones are among the first 24."""

MOST_FOUND = 2 / (RRF_K + 1)
"""The search's score of a chunk that both its ways have first (``index.search.fuse``)."""


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
class Signs:
    """Of all that was found, before the question: whether it answers at all.

    ``best``: log-odds of the likeliest sentence, by its clues. ``agreed``: how far the two ways of searching agreed on
    the best chunk, 1 where both had it first. ``held``: log-odds, by the evidence model, that this sentence, with the
    one before it, bears out the question read as a claim: it tells a question with a detail that the text does not
    give, such as another name or the opposite word, which overlap and likeness do not.
    """

    best: float
    agreed: float
    held: float


@dataclass(frozen=True, slots=True)
class ClueWeights:
    """Two logistic regressions: whether a sentence answers, by its ``Clues``; whether anything does, by ``Signs``."""

    clues: tuple[float, ...]
    offset: float
    signs: tuple[float, ...]
    shift: float


WEIGHTS = ClueWeights(clues=(0.716, 5.511, 1.639, -1.395), offset=-5.554, signs=(0.686, 7.349, 0.3), shift=-4.9)
"""From ``python -m evals.bench.reading_weights``, on questions that training held out; the weight of ``held`` also by
questions that people wrote to have no answer, SQuAD 2's and the sample archive's (MODEL_CARD.md)."""


class ClueJudge:
    """Weighs the clues; a ``rag.extractive.SentenceJudge``."""

    def __init__(
        self, model: Scorer, support: SupportJudge, embedder: Embedder, weights: ClueWeights = WEIGHTS
    ) -> None:
        self._model = model
        self._support = support
        self._embedder = embedder
        self._weights = weights

    def judge(
        self, question: str, sentences: Sequence[PassageSentence], passages: Sequence[Passage]
    ) -> dict[PassageSentence, float]:
        """Probability, 0 to 1, of each of the sentences most worth a close look that it answers."""
        return self.chances(self.clues(question, sentences, passages))

    def chances(self, found: Mapping[PassageSentence, Clues]) -> dict[PassageSentence, float]:
        """The same probability of sentences whose clues are known."""
        return {
            sentence: logistic(weighed(self._weights.clues, self._weights.offset, clues))
            for sentence, clues in found.items()
        }

    def confidence(
        self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]
    ) -> float:
        """Probability, 0 to 1, that the question is answered, ``chance`` being that of its likeliest sentence."""
        signs = self.signs(question, likeliest, chance, passages)
        return logistic(weighed(self._weights.signs, self._weights.shift, signs))

    def signs(self, question: str, likeliest: PassageSentence, chance: float, passages: Sequence[Passage]) -> Signs:
        """The signs of one or more passages, of which ``likeliest`` answers with this probability, 0 to 1."""
        (found,) = self._support.supports([(question, f"{likeliest.before} {likeliest.text}".strip())])
        return Signs(log_odds(chance), agreed(passages), log_odds(found.supported))

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


def agreed(passages: Sequence[Passage]) -> float:
    """How far the two ways of searching agreed on the best of one or more passages: 1 where both had it first."""
    return max(passage.found for passage in passages) / MOST_FOUND


def weighed(weights: Sequence[float], offset: float, what: Clues | Signs) -> float:
    """The log-odds of a logistic regression."""
    values: tuple[float, ...] = astuple(what)
    return offset + sum(weight * value for weight, value in zip(weights, values, strict=True))


def _in_place(sentence: PassageSentence, passage: Passage) -> str:
    return " ".join(filter(None, (passage.chunk.title, sentence.before, sentence.text)))
