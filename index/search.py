"""A question into ranked chunks: dense and lexical search fused, within what the question may see.

Nothing outside a question's bounds can show in its results: the record has the last word on every candidate, and
the counts behind a ranking are those of the articles known at the question's moment. Nor can copies: what an article
known before holds already (see ``index.voices``) is neither ranked nor counted, and what a copy adds under an earlier
article's headline is found by its own words, but counts for nothing else and moves nothing else down.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.bm25 import Corpus, bm25
from index.bounds import Bounds
from index.catalog import Catalog
from index.lexical import LexicalIndex
from index.ports import Embedder
from index.types import Chunk, Question, ScoredChunk
from index.vectors import Found, nearest, ranked
from index.view import Company, View

RRF_K = 60  # Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009
# Each further chunk of an article counts this much of the one before (in the spirit of maximal marginal relevance,
# Carbonell and Goldstein 1998): on news questions hit@5 rises by 7 points, answers among the first five by 3.
REPEAT = 0.85
# Up to so many chunks within bounds their vectors are compared one by one: exact, and faster than a filter in Chroma
# (evals/bench/store.py, 20,000 chunks: 28 against 61 ms for a fifth of them, 140 against 215 ms for all).
EXACT_BELOW = 50_000
MARGIN = 2  # Chroma is asked for so many times the chunks wanted, so that where it cuts among equals does not show
RESCORED = 4  # the lexical index proposes so many times the candidates wanted; BM25 as of the moment then orders them
DEEPER = 4  # so many times as deep goes the next look where echoes crowd out the rest


class Dense(Protocol):
    """Finds the chunks nearest to a vector."""

    def search(self, vector: npt.NDArray[np.float32], limit: int, bounds: Bounds, outlets: Sequence[int]) -> Found:
        """The ``limit`` nearest chunks within bounds; ``outlets`` are the rows that bounds names."""
        ...


@dataclass(frozen=True, slots=True)
class Searcher:
    """What a search needs; ``candidates`` are taken from each of dense and lexical."""

    catalog: Catalog
    vectors: Dense
    words: LexicalIndex
    embedder: Embedder
    candidates: int

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` pieces of evidence within the question's bounds, best first.

        Any text is a question: one without words finds nothing. Words that stand in several articles are shown where
        they were known first, with the other articles named beside.
        """
        text = question.text.encode("utf-8", "replace").decode()
        bounds = Bounds.of(question)
        view = self.catalog.view(bounds)
        outlets = view.outlet_rows()
        if limit < 1 or not text.strip() or (bounds.outlets and not outlets):
            return []
        look = _Look(self, view, text, bounds, outlets)
        depth = max(self.candidates, limit)
        rankings = [look.dense(depth), look.lexical(depth)]
        copies = view.copies(list({*chain(*rankings)}))  # one may have been removed a moment ago
        scores = fuse(rankings, {chunk for chunk, copy in copies.items() if not copy.chunk.headed})
        ties = {chunk: copy.evidence for chunk, copy in copies.items()}
        scores = spread({copy.chunk: scores[chunk] for chunk, copy in copies.items()}, ties)
        best = sorted(scores, key=lambda chunk: (-scores[chunk], ties[chunk]))[:limit]
        company = view.company([copies[chunk].chunk for chunk in best])
        return [_result(copies[chunk].chunk, scores[chunk], company[chunk]) for chunk in best]


class _Look:
    """One question's two rankings, as deep as asked: chunks within bounds that echo no other within bounds."""

    def __init__(self, searcher: Searcher, view: View, text: str, bounds: Bounds, outlets: Sequence[int]) -> None:
        self._searcher, self._view, self._bounds, self._outlets = searcher, view, bounds, outlets
        self._vector = searcher.embedder.embed_questions([text])[0]
        self._terms = searcher.words.terms(text, bounds.only_known_by())

    def dense(self, depth: int) -> list[str]:
        """Chunk ids by cosine."""
        exact = not self._bounds.is_open and self._view.chunk_count() <= EXACT_BELOW

        def found(deep: int) -> Found:
            if exact:
                return nearest(self._vector, self._view.vector_blocks(), deep)
            return self._searcher.vectors.search(self._vector, deep, self._bounds, self._outlets)

        own = self._own(lambda deep: [chunk for chunk, _ in ranked(found(deep))], depth * MARGIN)
        return _first(own, depth)

    def lexical(self, depth: int) -> list[str]:
        """Chunk ids by BM25 as of the question's moment."""
        words, bounds = self._searcher.words, self._bounds

        def found(deep: int) -> list[str]:
            return words.search(self._terms, deep, bounds, self._outlets, own=bounds.is_moment)

        copies = self._view.copies(list(self._own(found, depth * RESCORED)))
        corpus = self._corpus()
        scores = [
            (chunk, bm25(self._terms, words.analyze(copy.words), len(copy.chunk.text), corpus))
            for chunk, copy in copies.items()
        ]
        return _first({chunk: copies[chunk].chunk.headed for chunk, _ in ranked(scores)}, depth)

    def _own(self, found: Callable[[int], list[str]], wanted: int) -> dict[str, bool]:
        """The first of a ranking that are no echoes, however many echoes stand between them; whether each is headed.

        As many as hold ``wanted`` headed ones.
        """
        deep = wanted
        while True:
            ranking = found(deep)
            own = self._view.own(ranking)
            if sum(own.values()) >= wanted or len(ranking) < deep:
                return {chunk: own[chunk] for chunk in _first(own, wanted)}
            deep *= DEEPER

    def _corpus(self) -> Corpus:
        """What BM25 counts: each voice known at the moment once, of whichever outlet, and nothing added to it."""
        known = self._bounds.only_known_by()
        texts, characters = self._searcher.catalog.view(known).own_size()
        holding = self._searcher.words.document_counts(self._terms, known)
        return Corpus(texts, characters / max(texts, 1), holding)


def _first(ranking: Mapping[str, bool], wanted: int) -> list[str]:
    """The best of a ranking up to the last ``wanted`` headed one: the others take no place from them."""
    places = accumulate(ranking.values(), initial=0)
    return [chunk for chunk, before in zip(ranking, places, strict=False) if before < wanted]


def fuse(rankings: Sequence[Iterable[str]], beside: Collection[str] = ()) -> dict[str, float]:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over the rankings, ranks from 1.

    Those ``beside`` have the rank at which they stand and leave it to the next as well.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        rank = 1
        for chunk in ranking:
            scores[chunk] = scores.get(chunk, 0) + 1 / (RRF_K + rank)
            rank += chunk not in beside
    return scores


def spread(scores: Mapping[Chunk, float], ties: Mapping[str, bytes]) -> dict[str, float]:
    """Scores by chunk id, lowered for each further chunk of an article: one article does not fill the first places.

    ``ties`` orders chunks of equal score.
    """
    seen: dict[str, int] = {}
    lowered: dict[str, float] = {}
    for chunk in sorted(scores, key=lambda chunk: (-scores[chunk], ties[chunk.id])):
        before = seen.get(chunk.article_id, 0)
        lowered[chunk.id] = scores[chunk] * REPEAT**before
        seen[chunk.article_id] = before + 1
    return lowered


def _result(chunk: Chunk, score: float, company: Company) -> ScoredChunk:
    return ScoredChunk(chunk, score, tuple(company.also_in), tuple(company.reprints), tuple(company.same_story))
