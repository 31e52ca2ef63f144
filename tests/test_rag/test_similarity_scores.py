from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from rag.agreement import JointScorer, together
from rag.similarity import SimilarityScorer, weighted_coverage
from rag.words import coverage, overlap, stems, words


class Directions:
    """Every text is one of two directions: about bridges or not."""

    name, dimension, max_tokens = "directions", 2, 100

    def count_tokens(self, texts):  # type: ignore[no-untyped-def]
        return [len(text.split()) for text in texts]

    def embed_texts(self, texts):  # type: ignore[no-untyped-def]
        return np.asarray([[1, 0] if "bridge" in text else [0, 1] for text in texts], dtype=np.float32).reshape(-1, 2)

    embed_questions = embed_texts


def test_likeness_of_meaning_and_words_both_raise_the_score() -> None:
    texts = ["The bridge fell.", "A bridge.", "The ferry fell.", "Rain."]
    scores = SimilarityScorer(Directions()).answers("When did the bridge fall or when has it fell?", texts)
    assert scores[0] > scores[1] > scores[3]
    assert scores[0] > scores[2] > scores[3]
    assert all(0 < score < 1 for score in scores)
    assert SimilarityScorer(Directions()).answers("When?", []) == []


def test_rare_words_weigh_more_as_the_formula_says() -> None:
    texts = ["bridge ferry", "bridge", "bridge", "rain"]
    rare, common = math.log(1 + 3.5 / 1.5), math.log(1 + 1.5 / 3.5)
    assert weighted_coverage("bridge ferry", texts) == pytest.approx(
        [1, common / (rare + common), common / (rare + common), 0]
    )


@hypothesis_settings(max_examples=50)
@given(st.text(max_size=50), st.lists(st.text(max_size=50), max_size=5))
def test_coverage_is_a_share_for_any_text(question: str, texts: list[str]) -> None:
    shares = weighted_coverage(question, texts)
    assert len(shares) == len(texts)
    assert all(0 <= share <= 1 for share in shares)


def test_stems_join_forms_of_a_word_and_leave_out_what_only_asks() -> None:
    assert stems("What did the ministry announce?") == stems("ministry announced")
    assert "not" in stems("They did not resign")
    assert stems("Zelensky's café") == stems("zelensky cafe")
    assert words("1.5 million, U.S.") == ("1.5", "million", "u.s")


@hypothesis_settings(max_examples=50)
@given(st.lists(st.sampled_from("abcdef")), st.lists(st.sampled_from("abcdef")))
def test_overlap_and_coverage_agree_with_counting_by_another_library(one: list[str], other: list[str]) -> None:
    a, b = frozenset(one), frozenset(other)
    if a and b:
        letters = CountVectorizer(binary=True, analyzer="char")
        counted = letters.fit_transform(["".join(a), "".join(b)]).toarray()
        shared = int((counted[0] & counted[1]).sum())
        assert overlap(a, b) == pytest.approx(shared / min(len(a), len(b)))
        assert coverage(a, b) == pytest.approx(shared / len(a))
    else:
        assert overlap(a, b) == 0


class Always:
    def __init__(self, *scores: float) -> None:
        self.scores = list(scores)

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        return self.scores[: len(texts)]


def test_two_scorers_together_give_the_mean_of_their_log_odds() -> None:
    joint = JointScorer(Always(0.9, 0.5), Always(0.1, 0.5))
    assert joint.answers("q", ["a", "b"]) == pytest.approx([0.5, 0.5])
    assert together(0.8, 0.5) == pytest.approx(2 / 3)  # odds 4 and 1: the geometric mean is 2
    assert JointScorer(Always(), Always()).answers("q", []) == []


@given(st.lists(st.floats(0, 1), min_size=1, max_size=4))
def test_joint_probabilities_stay_between_the_single_ones(probabilities: list[float]) -> None:
    assert min(probabilities) - 1e-5 <= together(*probabilities) <= max(probabilities) + 1e-5
