"""The baselines of the evidence model: cosine, BM25, lexical overlap, and the same network before training."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from statistics import fmean
from typing import Protocol

import torch

from index.bm25 import Corpus, bm25
from index.embedding import load_embedder
from rag.evidence.calibration import Calibration
from rag.evidence.inference import PairLogits
from rag.evidence.model import EvidenceModel
from rag.evidence.network import new_network
from rag.evidence.windows import content_words, overlaps, sentences_of


class Method(Protocol):
    """A scoring method; higher scores are better."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the question."""
        ...

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How well each claim is supported by its evidence, for (claim, evidence) pairs."""
        ...


class Trained:
    """The evidence model."""

    def __init__(self, path: Path | None) -> None:
        self.model = EvidenceModel.load(path)
        self.answers = self.model.answers

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The probability that each claim is supported."""
        return [scores.supported for scores in self.model.supports(pairs)]


class Untrained(Trained):
    """The same network before training, with a randomly initialised head."""

    def __init__(self) -> None:
        torch.manual_seed(1)
        self.model = EvidenceModel(PairLogits(new_network()), Calibration())
        self.answers = self.model.answers


class Cosine:
    """Cosine similarity of all-MiniLM-L6-v2 embeddings."""

    def __init__(self) -> None:
        self._embedder = load_embedder(batch_size=32)

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """Cosine of the question and each text."""
        scores: list[float] = (
            self._embedder.embed_texts(texts) @ self._embedder.embed_questions([question])[0]
        ).tolist()
        return scores

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Cosine of each claim and the most similar sentence of its evidence."""
        vectors = lru_cache(maxsize=64)(lambda evidence: self._embedder.embed_texts(sentences_of(evidence)))
        return [float((vectors(evidence) @ self._embedder.embed_texts([claim])[0]).max()) for claim, evidence in pairs]


class Overlap:
    """Share of the question's or claim's content words found in the text."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """Share of the question's words found in each text; rare words weigh more."""
        return overlaps(question, texts)

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Share of the claim's words found in the evidence, unweighted (lexical precision)."""
        scores = []
        for claim, evidence in pairs:
            words = content_words(claim)
            scores.append(len(words & content_words(evidence)) / max(1, len(words)))
        return scores


class Bm25:
    """BM25, with document frequencies from the texts to be scored."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """BM25 score of each text."""
        return self._scores(question, texts)

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The best BM25 score of the evidence's sentences, as a share of the score of the claim itself."""
        best = []
        for claim, evidence in pairs:
            *scores, own = self._scores(claim, [*sentences_of(evidence), claim])
            best.append(max(scores) / own if own > 0 else 0.0)
        return best

    @staticmethod
    def _scores(query: str, texts: Sequence[str]) -> list[float]:
        bags = [sorted(content_words(text)) for text in texts]
        frequencies = {word: sum(word in bag for bag in bags) for word in content_words(query)}
        corpus = Corpus(len(texts), fmean(map(len, texts)), frequencies)
        return [bm25(sorted(frequencies), bag, len(text), corpus) for bag, text in zip(bags, texts, strict=True)]
