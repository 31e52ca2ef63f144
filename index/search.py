"""Hybrid search: fuses dense and lexical rankings of the chunks that a question may see.

Nothing outside a question's bounds can affect its results: every candidate is checked against the record, and the term
statistics behind the ranking come from the articles known at the question's time only. Neither can copies: a chunk that
repeats an earlier article (an echo, see ``index.voices``) is neither ranked nor counted. Text that a copy adds under an
earlier article's headline (a chunk that is not headed) is found by its own words, but does not affect term statistics
or the ranks of other chunks.
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
from index.nearest import Found, nearest, ranked
from index.ports import Embedder
from index.types import Chunk, Question, ScoredChunk
from index.view import Company, View

RRF_K = 60  # Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009
# Factor applied to the score of each further chunk of the same article (similar to maximal marginal relevance,
# Carbonell and Goldstein 1998): on news questions it raises hit@5 by 7 points and answers in the top five by 3.
REPEAT = 0.85
# If the filters leave at most this many chunks, all their vectors are compared: exact, and faster than a filter in
# Chroma (evals/bench/store.py, 20,000 chunks: 28 against 61 ms for a fifth of them, 140 against 215 ms for all).
EXACT_BELOW = 50_000
MARGIN = 2  # Chroma is asked for this many times the candidates, so that its arbitrary cut among ties has no effect
RESCORED = 4  # tantivy proposes this many times the candidates, which are then ranked by BM25 as of the question's time
DEEPER = 4  # growth factor of the search depth when too many of the results are echoes


class Dense(Protocol):
    """Finds the chunks nearest to a vector."""

    def search(self, vector: npt.NDArray[np.float32], limit: int, bounds: Bounds, outlets: Sequence[int]) -> Found:
        """Return the ``limit`` nearest chunks within bounds; ``outlets`` are the catalog rows of its outlets."""
        ...


@dataclass(frozen=True, slots=True)
class Searcher:
    """Searches one archive; ``candidates`` is the number of chunks taken from each of the two rankings."""

    catalog: Catalog
    vectors: Dense
    words: LexicalIndex
    embedder: Embedder
    candidates: int

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """Return at most ``limit`` chunks within the question's bounds, best first.

        Any text is accepted; one without words finds nothing. Text that several articles share is returned from the
        article that was known first, which names the others (see ``ScoredChunk``).
        """
        text = question.text.encode("utf-8", "replace").decode()
        bounds = Bounds.of(question)
        view = self.catalog.view(bounds)
        outlets = view.outlet_rows()
        if limit < 1 or not text.strip() or (bounds.outlets and not outlets):
            return []
        ranker = _Ranker(self, view, text, bounds, outlets)
        depth = max(self.candidates, limit)
        rankings = [ranker.dense(depth), ranker.lexical(depth)]
        copies = view.copies(list({*chain(*rankings)}))  # omits chunks removed since they were ranked
        scores = fuse(rankings, {chunk for chunk, copy in copies.items() if not copy.chunk.headed})
        ties = {chunk: copy.evidence for chunk, copy in copies.items()}
        scores = spread({copy.chunk: scores[chunk] for chunk, copy in copies.items()}, ties)
        best = sorted(scores, key=lambda chunk: (-scores[chunk], ties[chunk]))[:limit]
        company = view.company([copies[chunk].chunk for chunk in best])
        return [_result(copies[chunk].chunk, scores[chunk], company[chunk]) for chunk in best]


class _Ranker:
    """The two rankings of one question, restricted to chunks within bounds that are not echoes there."""

    def __init__(self, searcher: Searcher, view: View, text: str, bounds: Bounds, outlets: Sequence[int]) -> None:
        self._searcher, self._view, self._bounds, self._outlets = searcher, view, bounds, outlets
        self._vector = searcher.embedder.embed_questions([text])[0]
        self._terms = searcher.words.terms(text, bounds.only_known_by())

    def dense(self, depth: int) -> list[str]:
        """Return chunk ids by cosine similarity, best first."""
        exact = not self._bounds.is_open and self._view.chunk_count() <= EXACT_BELOW

        def found(deep: int) -> Found:
            if exact:
                return nearest(self._vector, self._view.vector_blocks(), deep)
            return self._searcher.vectors.search(self._vector, deep, self._bounds, self._outlets)

        own = self._without_echoes(lambda deep: [chunk for chunk, _ in ranked(found(deep))], depth * MARGIN)
        return _top(own, depth)

    def lexical(self, depth: int) -> list[str]:
        """Return chunk ids by BM25 as of the question's time, best first."""
        words, bounds = self._searcher.words, self._bounds

        def found(deep: int) -> list[str]:
            return words.search(self._terms, deep, bounds, self._outlets, own=bounds.is_moment)

        copies = self._view.copies(list(self._without_echoes(found, depth * RESCORED)))
        corpus = self._corpus()
        scores = [
            (chunk, bm25(self._terms, words.analyze(copy.words), len(copy.chunk.text), corpus))
            for chunk, copy in copies.items()
        ]
        return _top({chunk: copies[chunk].chunk.headed for chunk, _ in ranked(scores)}, depth)

    def _without_echoes(self, found: Callable[[int], list[str]], wanted: int) -> dict[str, bool]:
        """Return the top of a ranking without echoes, until it contains ``wanted`` headed chunks.

        Searches deeper as long as echoes take up too many places.

        Returns:
            Chunk ids in order of rank, each with whether it is headed.
        """
        deep = wanted
        while True:
            ranking = found(deep)
            own = self._view.own(ranking)
            if sum(own.values()) >= wanted or len(ranking) < deep:
                return {chunk: own[chunk] for chunk in _top(own, wanted)}
            deep *= DEEPER

    def _corpus(self) -> Corpus:
        """Return term statistics over the articles known at the question's time, from any outlet.

        Only headed chunks that are not echoes count, so copies do not change the statistics.
        """
        known = self._bounds.only_known_by()
        texts, characters = self._searcher.catalog.view(known).own_size()
        holding = self._searcher.words.document_counts(self._terms, known)
        return Corpus(texts, characters / max(texts, 1), holding)


def _top(ranking: Mapping[str, bool], wanted: int) -> list[str]:
    """Cut a ranking after ``wanted`` headed chunks; chunks that are not headed do not count towards it."""
    places = accumulate(ranking.values(), initial=0)
    return [chunk for chunk, before in zip(ranking, places, strict=False) if before < wanted]


def fuse(rankings: Sequence[Iterable[str]], beside: Collection[str] = ()) -> dict[str, float]:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over the rankings, ranks from 1.

    Chunks in ``beside`` share their rank with the next chunk, so they do not move others down.
    """
    scores: dict[str, float] = {}
    for ranking in rankings:
        rank = 1
        for chunk in ranking:
            scores[chunk] = scores.get(chunk, 0) + 1 / (RRF_K + rank)
            rank += chunk not in beside
    return scores


def spread(scores: Mapping[Chunk, float], ties: Mapping[str, bytes]) -> dict[str, float]:
    """Diversify by article: multiply the score of each further chunk of an article by ``REPEAT`` once more.

    ``ties`` orders chunks with equal scores.

    Returns:
        The new scores by chunk id.
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
