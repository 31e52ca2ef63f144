"""The evaluation sets of the evidence model: sets, or halves of sets, that were not trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evals.bench.evidence_baselines import Bm25
from evals.formats.base import JudgeSet, Labelled
from evals.formats.realtimeqa import realtimeqa
from evals.formats.squad import squad2
from evals.suites import JUDGE_SETS, judge_set
from evals.types import Expect, Pair
from evals.variants import ASKED, as_of
from index.embedding import load_embedder
from index.types import ScoredChunk
from rag.assemble import open_archive
from rag.evidence.examples import TRAINED_ON, Trained
from rag.evidence.training.claim_sets import read_lines, untokenized
from rag.evidence.windows import content_words
from rag.recency import recent_first
from rag.settings import load_settings


def claim_sets(data: Path) -> dict[str, JudgeSet]:
    """The labelled claim sets by name; of sets that were partly trained on, only the evaluation half."""
    names = [name for name in JUDGE_SETS if TRAINED_ON.get(name) is not Trained.WHOLLY]
    sets = {name: judge_set(name, data) for name in names}
    return sets | {"fib": _deduplicated(sets["fib"])}


def _deduplicated(found: JudgeSet) -> JudgeSet:
    """Untokenize the texts and keep each claim of an article once; FIB repeats the faithful claim in every pair."""
    items: dict[tuple[str, str], Labelled] = {}
    for item in found.items:
        pair = Pair(untokenized(item.pair.claim), tuple(untokenized(text) for text in item.pair.evidence))
        items.setdefault((item.cluster, pair.claim), replace(item, pair=pair))
    return replace(found, items=tuple(items.values()))


@dataclass(frozen=True, slots=True)
class Ranking:
    """A question with candidate texts, and the indices of those that answer it (empty if it is unanswerable).

    ``found``: the chunks of the texts, in the order that the pipeline passes to its reranker; empty if they have none.
    """

    question: str
    texts: tuple[str, ...]
    right: frozenset[int]
    cluster: str
    found: tuple[ScoredChunk, ...] = ()


class Shortlist:
    """Reciprocal rank fusion (Cormack et al. 2009) of cosine and BM25 over one set of texts at a time."""

    def __init__(self) -> None:
        self._embedder = load_embedder(batch_size=32)
        self._texts: list[str] | None = None

    def places(self, question: str, texts: list[str], limit: int) -> list[int]:
        """Indices of the ``limit`` best texts, best first."""
        if texts is not self._texts:
            self._texts, self._vectors = texts, self._embedder.embed_texts(texts)
            self._bags = [content_words(text) for text in texts]
        words = content_words(question)
        near = [i for i, bag in enumerate(self._bags) if len(words & bag) >= min(2, len(words))] or [0]
        lexical = Bm25().answers(question, [texts[i] for i in near])
        by_words = [near[i] for i in np.argsort(-np.array(lexical))[:100]]
        by_vector = np.argsort(-(self._vectors @ self._embedder.embed_questions([question])[0]))[:100].tolist()
        fused: dict[int, float] = {}
        for order in (by_words, by_vector):
            for rank, place in enumerate(order):
                fused[place] = fused.get(place, 0.0) + 1 / (60 + rank)
        return sorted(fused, key=lambda place: -fused[place])[:limit]


def news_rankings(data: Path, archive: Path, limit: int) -> Iterator[Ranking]:
    """RealTimeQA: each question is searched in the archive as of its day, then reordered by recency."""
    with open_archive(load_settings({"archive": archive}), create=False) as articles:
        for case in as_of(realtimeqa(data), ASKED).cases:
            asked, relevant = case.asked(), {r.article_id for r in case.relevant}
            if asked.as_of and relevant:
                found = recent_first(articles.search(asked, limit), asked, asked.as_of)
                right = frozenset(i for i, scored in enumerate(found) if _is_of(scored, relevant))
                yield Ranking(asked.text, tuple(scored.chunk.text for scored in found), right, case.id, tuple(found))


def _is_of(found: ScoredChunk, relevant: set[str]) -> bool:
    """Whether a chunk belongs to a relevant article; ids read from a file may have the file name as a prefix."""
    names = (found.chunk.article_id, *found.also_in)
    return any(name == wanted or name.endswith(wanted) for name in names for wanted in relevant)


def squad_rankings(data: Path, shortlist: Shortlist, limit: int) -> Iterator[Ranking]:
    """SQuAD 2: for each question, answerable or not, a shortlist of the paragraphs of all questions.

    ``right`` only tells whether the question is answerable.
    """
    suite = squad2(data)
    texts = [article.text for article in suite.articles or ()]
    for case in suite.cases:
        places = shortlist.places(case.question, texts, limit)
        right = frozenset({0}) if case.expect is Expect.ANSWER else frozenset()
        yield Ranking(case.question, tuple(texts[place] for place in places), right, case.tags[-1])


def trec_rankings(data: Path) -> Iterator[Ranking]:
    """TrecQA test: judged newswire sentences, for questions with both right and wrong ones, as is customary."""
    for row in read_lines(data / "trecqa/TEST.jsonl"):
        right = frozenset(i for i, candidate in enumerate(row["candidates"]) if candidate["label"] == 1)
        texts = tuple(untokenized(candidate["sentence"]) for candidate in row["candidates"])
        if 0 < len(right) < len(texts):
            yield Ranking(untokenized(row["question"]), texts, right, row["qid"])
