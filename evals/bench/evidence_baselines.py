"""What the evidence model is held against: cosine, BM25, lexical overlap, and the same network before training."""

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
from rag.evidence.network import untrained
from rag.evidence.windows import content_words, overlaps, sentences_of


class Method(Protocol):
    """One way of judging; higher is better in both."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers."""
        ...

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """How well each claim is borne out by its evidence."""
        ...


class Trained:
    """The evidence model."""

    def __init__(self, path: Path | None) -> None:
        self.model = EvidenceModel.load(path)
        self.answers = self.model.answers

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The probability of support."""
        return [scores.supported for scores in self.model.supports(pairs)]


class Untrained(Trained):
    """The same network with a fresh head."""

    def __init__(self) -> None:
        torch.manual_seed(1)
        self.model = EvidenceModel(PairLogits(untrained()), Calibration())
        self.answers = self.model.answers


class Cosine:
    """all-MiniLM-L6-v2: cosine of question and text, and of the claim and the evidence sentence nearest to it."""

    def __init__(self) -> None:
        self._embedder = load_embedder()

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """Cosine of each text."""
        scores: list[float] = (
            self._embedder.embed_texts(texts) @ self._embedder.embed_questions([question])[0]
        ).tolist()
        return scores

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The largest cosine over the evidence's sentences."""
        vectors = lru_cache(maxsize=64)(lambda evidence: self._embedder.embed_texts(sentences_of(evidence)))
        return [float((vectors(evidence) @ self._embedder.embed_texts([claim])[0]).max()) for claim, evidence in pairs]


class Overlap:
    """Share of the question's or claim's content words that the text has."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """Rarer words weigh more."""
        return overlaps(question, texts)

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Lexical precision: each content word of the claim counts one."""
        found = []
        for claim, evidence in pairs:
            words = content_words(claim)
            found.append(len(words & content_words(evidence)) / max(1, len(words)))
        return found


class Bm25:
    """BM25 over the texts at hand; for a claim its best sentence, as a share of the score of the claim itself."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        """BM25 among the texts given."""
        return self._scores(question, texts)

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """BM25 among the evidence's sentences and the claim."""
        found = []
        for claim, evidence in pairs:
            *scores, own = self._scores(claim, [*sentences_of(evidence), claim])
            found.append(max(scores) / own if own > 0 else 0.0)
        return found

    @staticmethod
    def _scores(query: str, texts: Sequence[str]) -> list[float]:
        bags = [sorted(content_words(text)) for text in texts]
        holding = {word: sum(word in bag for bag in bags) for word in content_words(query)}
        corpus = Corpus(len(texts), fmean(map(len, texts)), holding)
        return [bm25(sorted(holding), bag, len(text), corpus) for bag, text in zip(bags, texts, strict=True)]
