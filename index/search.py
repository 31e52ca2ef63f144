"""A question into ranked chunks: dense and lexical search fused, within what the question may see.

Nothing outside a question's bounds can show in its results: the record has the last word on every candidate, and
the counts behind a ranking are those of the articles known at the question's moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.bm25 import Corpus, bm25
from index.bounds import Bounds
from index.catalog import Catalog, Copy, Place
from index.lexical import LexicalIndex
from index.ports import Embedder
from index.types import Question, ScoredChunk
from index.vectors import VectorIndex, nearest, ranked

RRF_K = 60  # Cormack, Clarke and Büttcher, "Reciprocal rank fusion", SIGIR 2009
# Each further chunk of an article counts this much of the one before (in the spirit of maximal marginal relevance,
# Carbonell and Goldstein 1998): on news questions hit@5 rises by 7 points, answers among the first five by 3.
REPEAT = 0.85
# Up to so many chunks within bounds their vectors are compared one by one: exact, and faster than a filter in Chroma
# (evals/bench/store.py, 20,000 chunks: 28 against 61 ms for a fifth of them, 140 against 215 ms for all).
EXACT_BELOW = 50_000
RESCORED = 2  # the lexical index proposes so many times the candidates wanted; BM25 as of the moment then orders them
DEEPEST = 16  # how many times the candidates are looked for where copies of the same words crowd out the rest


@dataclass(frozen=True, slots=True)
class Searcher:
    """What a search needs; ``candidates`` are taken from each of dense and lexical."""

    catalog: Catalog
    vectors: VectorIndex
    words: LexicalIndex
    embedder: Embedder
    candidates: int

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` pieces of evidence within the question's bounds, best first.

        Any text is a question: one without words finds nothing. The same words in several places are one result,
        shown where they were known first, with the other articles in ``also_in``.
        """
        text = question.text.encode("utf-8", "replace").decode()
        bounds = Bounds.of(question)
        outlets = self.catalog.outlet_rows(bounds)
        if limit < 1 or not text.strip() or (bounds.outlets and not outlets):
            return []
        look = _Look(self, text, bounds, outlets)
        depth = max(self.candidates, limit)
        deepest = depth * DEEPEST
        while True:
            dense, lexical = look.dense(depth), look.lexical(depth)
            copies = self.catalog.copies([*dense, *lexical], bounds)
            scores = fuse([_distinct(dense, copies), _distinct(lexical, copies)])
            crowded = len(scores) < limit and depth in {len(dense), len(lexical)}
            if not crowded or depth >= deepest:
                break
            depth *= 2
        places = self.catalog.places(list(scores), bounds)
        scores = spread({key: score for key, score in scores.items() if key in places}, places)
        return self._results(sorted(scores, key=lambda key: (-scores[key], key))[:limit], scores, places, bounds)

    def _results(
        self,
        best: Sequence[bytes],
        scores: Mapping[bytes, float],
        places: Mapping[bytes, Sequence[Place]],
        bounds: Bounds,
    ) -> list[ScoredChunk]:
        shown = self.catalog.copies([places[key][0].chunk_id for key in best], bounds)
        return [
            ScoredChunk(shown[first.chunk_id].chunk, scores[key], _also_in(first, rest))
            for key in best
            for first, *rest in [places[key]]
            if first.chunk_id in shown  # else it was removed a moment ago
        ]


class _Look:
    """One question's two rankings, as deep as asked."""

    def __init__(self, searcher: Searcher, text: str, bounds: Bounds, outlets: Sequence[int]) -> None:
        self._searcher, self._bounds, self._outlets = searcher, bounds, outlets
        self._vector = searcher.embedder.embed_questions([text])[0]
        self._terms = searcher.words.terms(text)
        self._size, self._corpus = self._count()

    def dense(self, depth: int) -> list[str]:
        """Chunk ids by cosine."""
        catalog, bounds = self._searcher.catalog, self._bounds
        if not bounds.is_open and self._size <= EXACT_BELOW:
            found = nearest(self._vector, catalog.vector_blocks(bounds), depth)
        else:
            found = self._searcher.vectors.search(self._vector, depth, bounds, self._outlets)
        return [chunk for chunk, _ in ranked(found)]

    def lexical(self, depth: int) -> list[str]:
        """Chunk ids by BM25 as of the question's moment."""
        words = self._searcher.words
        proposed = words.search(self._terms, depth * RESCORED, self._bounds, self._outlets)
        copies = self._searcher.catalog.copies(proposed, self._bounds)
        scores = [
            (chunk, bm25(self._terms, words.analyze(copy.words), len(copy.chunk.text), self._corpus))
            for chunk, copy in copies.items()
        ]
        return [chunk for chunk, _ in ranked(scores)[:depth]]

    def _count(self) -> tuple[int, Corpus]:
        """Chunks within all bounds, and what BM25 counts: everything known at the moment, of whichever outlet."""
        catalog, words = self._searcher.catalog, self._searcher.words
        known = self._bounds.only_known_by()
        texts, characters = catalog.size(known)
        within, _ = catalog.size(self._bounds)
        holding = words.document_counts(self._terms, known, ())
        return within, Corpus(texts, characters / max(texts, 1), holding)


def fuse(rankings: Sequence[Iterable[bytes]]) -> dict[bytes, float]:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over the rankings, ranks from 1."""
    scores: dict[bytes, float] = {}
    for ranking in rankings:
        for rank, key in enumerate(ranking, start=1):
            scores[key] = scores.get(key, 0) + 1 / (RRF_K + rank)
    return scores


def spread(scores: Mapping[bytes, float], places: Mapping[bytes, Sequence[Place]]) -> dict[bytes, float]:
    """Scores lowered for each further chunk of an article, so that one article does not fill the first places."""
    seen: dict[str, int] = {}
    lowered: dict[bytes, float] = {}
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        article = places[key][0].article_id
        lowered[key] = scores[key] * REPEAT ** seen.get(article, 0)
        seen[article] = seen.get(article, 0) + 1
    return lowered


def _distinct(ranking: Iterable[str], copies: Mapping[str, Copy]) -> Iterator[bytes]:
    """The ranking in evidence instead of chunks, each where its best copy stands; what is not live is left out."""
    return iter(dict.fromkeys(copies[chunk].evidence for chunk in ranking if chunk in copies))


def _also_in(first: Place, rest: Sequence[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.article_id for place in rest if place.article_id != first.article_id))
