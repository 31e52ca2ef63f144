from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_rag.fakes_chain import WordScorer, article, chunks_of

from index.types import ScoredChunk
from rag.rerank import RetrievalOrder, ScoredOrder

TEXTS = ["The bridge reopened.", "Tolls rose.", "The  bridge reopened.", "Rain fell.", "The school closed."]


def found(texts: Sequence[str]) -> list[ScoredChunk]:
    return [ScoredChunk(chunks_of(article(f"a{n}", text))[0], 1 / (n + 1)) for n, text in enumerate(texts)]


def test_the_order_of_the_search_is_kept_and_duplicates_become_one_passage() -> None:
    passages = RetrievalOrder().rank("q", found(TEXTS), 10)
    assert [p.chunk.text for p in passages] == [
        "The bridge reopened.",
        "Tolls rose.",
        "Rain fell.",
        "The school closed.",
    ]
    assert [p.number for p in passages] == [1, 2, 3, 4]
    assert passages[0].also_in == ("a2",)


def test_passages_are_ordered_by_score_and_carry_it() -> None:
    passages = ScoredOrder(WordScorer(), depth=12).rank("Did the school close?", found(TEXTS), 2)
    assert passages[0].chunk.text == "The school closed."
    assert passages[0].score >= passages[1].score


def test_only_the_first_results_are_scored_and_the_rest_follow() -> None:
    passages = ScoredOrder(WordScorer(), depth=2).rank("Did the school close?", found(TEXTS), 10)
    assert [p.chunk.text for p in passages[2:]] == ["Rain fell.", "The school closed."]


@hypothesis_settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(TEXTS), max_size=10), st.integers(0, 6), st.integers(0, 12))
def test_reranking_adds_no_chunks_and_no_duplicates(texts: list[str], limit: int, depth: int) -> None:
    given_ids = {scored.chunk.id for scored in found(texts)}
    for reranker in (RetrievalOrder(), ScoredOrder(WordScorer(), depth)):
        passages = reranker.rank("bridge", found(texts), limit)
        assert len(passages) <= limit
        assert {p.chunk.id for p in passages} <= given_ids
        assert len({" ".join(p.chunk.text.split()) for p in passages}) == len(passages)


def test_the_search_order_decides_between_similar_scores_but_not_against_a_clear_one() -> None:
    class Fixed:
        def answers(self, question: str, texts: Sequence[str]) -> list[float]:
            return [0.5, 0.55, 0.95]

    three = [TEXTS[0], TEXTS[1], TEXTS[3]]
    passages = ScoredOrder(Fixed(), depth=12).rank("q", found(three), 3)
    assert [p.chunk.text for p in passages] == [TEXTS[3], TEXTS[0], TEXTS[1]]
    assert [p.score for p in passages] == [0.95, 0.5, 0.55]
