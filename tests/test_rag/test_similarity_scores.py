from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from rag.language.stems import stems, words
from rag.similarity import coverage, overlap, weighted_coverage


def test_rare_words_weigh_more_according_to_the_formula() -> None:
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


def test_stems_unify_word_forms_and_leave_out_question_words() -> None:
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
