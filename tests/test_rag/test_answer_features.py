"""Sentence features and probabilities, computed with hand-made models that return known numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from test_rag.fakes_chain import chunks_of, passages_of

from index.search import fuse
from index.types import Article
from rag.answer_features import SHORTLIST, AnswerFeatures, FeatureJudge, FeatureWeights, SentenceFeatures, agreed
from rag.evidence.model import SupportScores
from rag.passages import PassageSentence, sentences_of
from rag.types import Passage


class TwoDirections:
    """An embedder with two directions: texts about bridges and all others."""

    name, dimension, max_tokens = "directions", 2, 100

    def count_tokens(self, texts):  # type: ignore[no-untyped-def]
        return [len(text.split()) for text in texts]

    def embed_texts(self, texts):  # type: ignore[no-untyped-def]
        return np.asarray([[1, 0] if "bridge" in text else [0, 1] for text in texts], dtype=np.float32).reshape(-1, 2)

    embed_questions = embed_texts


class TableScorer:
    """A scorer that returns values of a table, or 0.5, and records the texts it saw."""

    def __init__(self, **scores: float) -> None:
        self.scores = scores
        self.seen: list[str] = []

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        self.seen += texts
        return [self.scores.get(text, 0.5) for text in texts]


class ConstantSupport:
    """A support judge that returns the same probability for every pair and records the pairs it saw."""

    def __init__(self, chance: float = 0.5) -> None:
        self.chance = chance
        self.seen: list[tuple[str, str]] = []

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        self.seen += pairs
        return [SupportScores(self.chance, 0.0, 1 - self.chance) for _ in pairs]


def all_sentences(passages: Sequence[Passage]) -> list[PassageSentence]:
    return [sentence for passage in passages for sentence in sentences_of(passage)]


def test_each_feature_has_its_documented_value() -> None:
    text = "The bridge fell. It was closed on Monday."
    passages = [*passages_of("Rain."), Passage(2, chunks_of(Article(id="x", title="Kolm", text=text))[0], 1.0)]
    model = TableScorer(**{"It was closed on Monday.": 0.8})
    found = FeatureJudge(model, ConstantSupport(), TwoDirections()).sentence_features(
        "bridge closed", all_sentences(passages), passages
    )
    fell, closed = (found[sentence] for sentence in sentences_of(passages[1]))
    # With the sentence before, "bridge" occurs in two of the three sentences and "closed" in one.
    bridge, shut = math.log(1 + 1.5 / 2.5), math.log(1 + 2.5 / 1.5)
    assert fell == SentenceFeatures(0.0, 1.0, pytest.approx(bridge / (bridge + shut)), math.log(2))
    assert closed == SentenceFeatures(pytest.approx(math.log(4)), 0.0, 1.0, math.log(2))


def test_words_of_the_headline_and_of_the_previous_sentence_count_for_a_sentence() -> None:
    text = "The mayor spoke. She will resign."
    passage = Passage(1, chunks_of(Article(id="x", title="Aldmoor council", text=text))[0], 1.0)
    found = FeatureJudge(TableScorer(), ConstantSupport(), TwoDirections()).sentence_features(
        "When will Aldmoor's mayor resign?", sentences_of(passage), [passage]
    )
    rare, common = math.log(1 + 1.5 / 1.5), math.log(1 + 0.5 / 2.5)  # only the second sentence contains "resign"
    assert {sentence.text: features.covered for sentence, features in found.items()} == {
        "The mayor spoke.": pytest.approx(2 * common / (2 * common + rare)),
        "She will resign.": 1.0,
    }


def test_the_shortlist_prefers_sentences_with_the_words_of_the_question() -> None:
    texts = [f"Story {n} is about rain." for n in range(60)] + ["The bridge fell."]
    passages = passages_of(*texts)
    found = FeatureJudge(TableScorer(), ConstantSupport(), TwoDirections()).judge(
        "When did the bridge fall?", all_sentences(passages), passages
    )
    assert len(found) == SHORTLIST
    assert "The bridge fell." in [sentence.text for sentence in found]


def test_probability_and_confidence_are_logistic_functions_of_the_weighted_features() -> None:
    passages = passages_of("The bridge fell.")
    weights = FeatureWeights(sentence=(0, 2.0, 0, 0), sentence_intercept=-1.0, answer=(2.0, 0, 0), answer_intercept=0.5)
    judge = FeatureJudge(TableScorer(), ConstantSupport(), TwoDirections(), weights)
    ((sentence, probability),) = judge.judge("What about the bridge?", all_sentences(passages), passages).items()
    assert probability == pytest.approx(1 / (1 + math.exp(-1)))
    confidence = judge.confidence("What about the bridge?", sentence, probability, passages)
    assert confidence == pytest.approx(1 / (1 + math.exp(-2.5)))


def test_agreement_measures_whether_both_searches_found_the_best_passage() -> None:
    both, lexical = fuse([["a", "b"], ["a", "c"]])["a"], fuse([["a"]])["a"]
    chunks = [passage.chunk for passage in passages_of("The bridge fell.", "It rained.")]
    passages = [Passage(1, chunks[0], 0.0, found=lexical), Passage(2, chunks[1], 0.0, found=both)]
    assert agreed(passages) == pytest.approx(1.0)
    assert agreed(passages[:1]) == pytest.approx(0.5)


def test_the_evidence_for_the_question_is_the_most_probable_sentence_with_the_one_before() -> None:
    text = "Ilse Brandt is mayor. She opened the bridge."
    passages = [Passage(1, chunks_of(Article(id="x", title=None, text=text))[0], 1.0, found=fuse([["a"], ["a"]])["a"])]
    support = ConstantSupport(0.8)
    judge = FeatureJudge(TableScorer(), support, TwoDirections())
    features = judge.answer_features("Who opened the bridge?", sentences_of(passages[0])[1], 0.5, passages)
    assert features == AnswerFeatures(0.0, pytest.approx(1.0), pytest.approx(math.log(4)))
    assert support.seen == [("Who opened the bridge?", text)]


def test_no_sentences_give_no_scores() -> None:
    assert FeatureJudge(TableScorer(), ConstantSupport(), TwoDirections()).judge("When?", [], []) == {}
