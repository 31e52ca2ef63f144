"""Baseline judges: word overlap and embedding similarity. A judge that does not beat them is not worth its cost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from evals.judges.aggregate import sentences, weakest
from evals.types import Judgement, Pair
from index.ports import Embedder
from rag.types import Support

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class OverlapJudge:
    """Bigram precision: the share of a sentence's word pairs that are in the evidence (cf. ROUGE-2, Lin 2004).

    A sentence with a number that is not in the evidence is unsupported.
    """

    name = "overlap"
    costly = False
    trained_on = None

    def __init__(self, threshold: float = 0.5) -> None:
        self._threshold = threshold

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """Supported if the share reaches the threshold in every sentence."""
        return [weakest([self._sentence(text, pair.evidence) for text in sentences(pair.claim)]) for pair in pairs]

    def _sentence(self, text: str, evidence: Sequence[str]) -> Judgement:
        wanted = _word_pairs(text)
        there = {pair for quote in evidence for pair in _word_pairs(quote)}
        held = sum(pair in there for pair in wanted) / len(wanted) if wanted else 0.0
        unknown = sorted(set(_NUMBER.findall(text)) - {n for quote in evidence for n in _NUMBER.findall(quote)})
        if unknown:
            return Judgement(Support.NOT_ENOUGH_INFO, held / 2, (f"number {unknown[0]} is not in the evidence",))
        return Judgement(_decide(held, self._threshold), held)


class BigramJudge:
    """Bigram precision of the whole claim, without the rule on numbers.

    It separates copied from invented sentences so well on FactCC and FRANK that a high figure there says little about
    a judge. On SummEdits and FIB, whose wrong claims are worded like the right ones or copied, it is at chance.
    """

    name = "bigram"
    costly = False
    trained_on = None

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """Supported if at least half of the word pairs are in the evidence."""
        return [self._one(pair) for pair in pairs]

    def _one(self, pair: Pair) -> Judgement:
        there = {two for quote in pair.evidence for two in _bigrams(quote)}
        wanted = _bigrams(pair.claim)
        held = sum(two in there for two in wanted) / len(wanted) if wanted else 0.0
        return Judgement(_decide(held, 0.5), held)


def _bigrams(text: str) -> list[tuple[str, str]]:
    return list(pairwise(re.findall(r"\w+", text.lower())))


def _word_pairs(text: str) -> list[tuple[str, str]]:
    return list(pairwise(word.lower() for word in _WORD.findall(text)))


class CosineJudge:
    """Cosine similarity of a sentence to the nearest sentence of the evidence."""

    name = "cosine"
    costly = False
    trained_on = None

    def __init__(self, embedder: Embedder, threshold: float = 0.7) -> None:
        self._embedder = embedder
        self._threshold = threshold

    def judge(self, pairs: Sequence[Pair]) -> list[Judgement]:
        """Supported if every sentence reaches the threshold; a negative similarity scores 0."""
        claims = [sentences(pair.claim) for pair in pairs]
        evidence = [[part for quote in pair.evidence for part in sentences(quote)] for pair in pairs]
        place = {text: i for i, text in enumerate(dict.fromkeys(t for texts in (*claims, *evidence) for t in texts))}
        vectors = self._embedder.embed_texts(list(place))
        found = []
        for parts, quotes in zip(claims, evidence, strict=True):
            near = vectors[[place[t] for t in parts]] @ vectors[[place[t] for t in quotes]].T if quotes else None
            scores = near.max(axis=1) if near is not None else [0.0] * len(parts)
            found.append(weakest([self._scored(float(score)) for score in scores]))
        return found

    def _scored(self, score: float) -> Judgement:
        clipped = min(1.0, max(0.0, score))
        return Judgement(_decide(clipped, self._threshold), clipped)


def _decide(score: float, threshold: float) -> Support:
    return Support.SUPPORTED if score >= threshold else Support.NOT_ENOUGH_INFO
