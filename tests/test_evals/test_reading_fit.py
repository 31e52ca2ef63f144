"""Fitting the reader's weights, on synthetic features with a known effect."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from evals.bench.reading_fit import Judged, fit, left_out, placed
from evals.bench.reading_pools import Asked, Kind, Pool, around
from index.types import Article, Chunk, Question, ScoredChunk, Span
from rag.answer_features import AnswerFeatures, SentenceFeatures
from rag.passages import PassageSentence
from rag.rerank import ScoredOrder


def synthetic(number: int, kind: Kind, rng: random.Random) -> Judged:
    """Three sentences: ``model`` is high for one that answers, ``cosine`` is noise; ``agreed`` is high if answered."""
    answered = kind is Kind.THERE
    pool = Pool(f"Question {number}?", (), (f"answer {number}",), "a", kind, "set")
    right = tuple(answered and place == 1 for place in range(3))
    features = tuple(SentenceFeatures(rng.gauss(4.0 * r, 1), rng.random(), 0.5, 0.0) for r in right)
    sentences = tuple(PassageSentence(f"Sentence {place}.", 1, Span(0, 1), "") for place in range(3))
    return Judged(
        pool, (), sentences, features, right, AnswerFeatures(0.0, rng.gauss(answered, 0.3), 0.0), is_refused=False
    )


@pytest.fixture(scope="module")
def some() -> list[Judged]:
    rng = random.Random(1)  # noqa: S311  (a seeded sequence, not secrets)
    return [synthetic(number, kind, rng) for number in range(40) for kind in Kind]


def test_informative_features_get_weight_and_excluded_ones_none(some: list[Judged]) -> None:
    weights = fit(some)
    model, cosine, _, depth = weights.sentence
    assert model > 1
    assert depth == 0  # constant
    assert abs(cosine) < model
    assert weights.answer[1] > 1
    assert fit(some, ["model", "agreed"]).sentence[0] == 0
    assert fit(some, ["model", "agreed"]).answer[1] == 0


def test_every_pool_is_scored_once_with_weights_fitted_on_others(some: list[Judged]) -> None:
    results = list(left_out(some))
    assert sorted(map(id, some)) == sorted(id(one.judged) for one in results)
    there = [one for one in results if one.judged.pool.is_answered]
    assert sum(one.is_right for one in there) / len(there) > 0.9
    lowest = min(one.confidence for one in there)
    assert sum(one.confidence < lowest for one in results) > len(results) / 2


def test_a_refused_pool_has_a_confidence_of_zero(some: list[Judged]) -> None:
    empty = Judged(some[0].pool, (), (), (), (), AnswerFeatures(0.0, 0.0, 0.0), is_refused=True)
    (scored,) = (one for one in left_out([*some, empty]) if one.judged is empty)
    assert (scored.confidence, scored.is_right, scored.ranked) == (0.0, False, [])


RANDOM = random.Random(1)  # noqa: S311  (a seeded sequence, not secrets)


class FixedResults:
    """An archive whose search always returns all articles in the given order."""

    def __init__(self, *texts: str) -> None:
        articles = [Asked("", (), text, "set").article for text in texts]
        self.found = [ScoredChunk(chunk(article), 1.0) for article in articles]

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        return self.found[:limit]


def chunk(article: Article) -> Chunk:
    return Chunk(f"c{article.id}", article.id, 0, Span(0, len(article.text)), article.text)


def test_a_question_gets_pools_with_its_text_without_it_and_without_the_answering_sentence() -> None:
    padding = "The council met in the old hall beside the river and spoke of many things. " * 5
    own = f"{padding}Mayor Ilse Brandt opened the Kolm bridge on 3 March 2024."
    asked = Asked("Who opened the Kolm bridge on 3 March 2024?", ("ilse brandt",), own, "set")
    archive = FixedResults("It rained in Varn.", own, "Tolls rose.")
    pools = {pool.kind: pool for pool in around(asked, archive, RANDOM)}
    there = pools[Kind.THERE]
    assert [scored.chunk.text for scored in there.found] == ["It rained in Varn.", own, "Tolls rose."]
    assert there.is_right(asked.article.id, "Mayor Ilse Brandt opened the Kolm bridge on 3 March 2024.")
    assert not there.is_right("another", "Mayor Ilse Brandt opened the Kolm bridge on 3 March 2024.")
    assert not there.is_right(asked.article.id, "The council met.")
    assert own not in [scored.chunk.text for scored in pools[Kind.TAKEN_OUT].found]
    assert "Ilse Brandt" not in pools[Kind.CUT].found[1].chunk.text
    assert "old hall" in pools[Kind.CUT].found[1].chunk.text
    assert pools[Kind.SPOILT].question != asked.question
    assert not any(pools[kind].is_answered for kind in (Kind.TAKEN_OUT, Kind.CUT, Kind.SPOILT))


def test_a_question_that_another_text_answers_too_does_not_count_as_unanswered() -> None:
    asked = Asked("Who opened the bridge?", ("ilse brandt",), "Ilse Brandt opened the bridge.", "set")
    archive = FixedResults("The bridge was opened by Ilse Brandt.", asked.text)
    assert Kind.TAKEN_OUT not in {pool.kind for pool in around(asked, archive, RANDOM)}


class Prefers:
    """A scorer that gives 0.75 to texts with the word and 0.5 to others: log-odds of ln 3 and 0."""

    def __init__(self, word: str) -> None:
        self._word = word

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        return [0.75 if self._word in text else 0.5 for text in texts]


@pytest.mark.parametrize(("weight", "place"), [(0.9, 1), (1.1, 2)])
def test_reranking_moves_the_answer_up_if_its_log_odds_outweigh_its_rank(weight: float, place: int) -> None:
    archive = FixedResults("It rained in Varn.", "Tolls rose.", "Brandt opened the bridge.")
    own = archive.found[2].chunk.article_id
    pool = Pool("Who opened the bridge?", tuple(archive.found), ("brandt",), own, Kind.THERE, "set")
    assert (
        placed(pool, ScoredOrder(Prefers("Brandt"), 12, rank_weight=weight)) == place
    )  # ln 3 - weight ln 3 against 0 and - weight ln 2


def test_an_article_that_was_not_found_has_no_rank() -> None:
    archive = FixedResults("It rained in Varn.")
    pool = Pool("Who?", tuple(archive.found), ("x",), "other", Kind.THERE, "set")
    assert placed(pool, ScoredOrder(Prefers("x"), 12)) is None
