"""Long evidence is split into windows that fit the model and together cover all of it."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.evidence.windows import closest, evidence_windows, overlaps, sentences_of, windows

SENTENCES = st.lists(st.integers(1, 60).map(lambda n: " ".join(["word"] * n) + "."), min_size=1, max_size=30)
STORY = [
    "The mayor of Riverton resigned on Monday.",
    "Her deputy, Paul Lind, takes over until the election in May.",
    "Shares of the water company fell by 12 percent.",
    "The flood in March destroyed 340 homes along the river.",
    "An inquiry found that two pumps had failed.",
    "The company said it regretted the failure.",
    "Residents have been told to boil their water.",
    "The state promised 4.2 million dollars for repairs.",
    "Schools will stay closed until Thursday.",
    "A concert planned for the weekend was called off.",
]


@settings(max_examples=60)
@given(SENTENCES)
def test_every_sentence_is_in_a_window_and_every_window_is_contiguous_text(sentences: list[str]) -> None:
    numbered = [f"{place} {sentence}" for place, sentence in enumerate(sentences)]
    found = windows(numbered)
    text = " ".join(numbered)
    assert all(window in text for window in found)
    assert all(any(sentence in window for window in found) for sentence in numbered)


@settings(max_examples=60)
@given(SENTENCES, st.integers(5, 90), st.integers(1, 6))
def test_a_window_exceeds_the_limit_only_if_a_single_sentence_does(sentences: list[str], words: int, most: int) -> None:
    for window in windows(sentences, words=words, most=most):
        assert len(window.split()) <= words or window in sentences


def test_windows_overlap_so_that_neighbouring_sentences_share_one() -> None:
    found = windows(STORY, most=3)
    assert all(any(a in w and b in w for w in found) for a, b in itertools.pairwise(STORY))


def test_short_evidence_is_a_single_window() -> None:
    assert evidence_windows("The mayor resigned.", STORY[0]) == [STORY[0]]


def test_the_supporting_sentence_is_among_the_windows_of_a_long_article() -> None:
    article = " ".join([*(["Nothing of note happened in the quiet town that day."] * 40), *STORY])
    assert any(STORY[3] in window for window in evidence_windows("A flood destroyed 340 homes in March.", article))


def test_a_claim_supported_by_distant_sentences_gets_a_window_with_both() -> None:
    article = " ".join([STORY[0], *(["Nothing of note happened in the quiet town that day."] * 30), STORY[7]])
    found = evidence_windows("The state promised 4.2 million dollars after the mayor of Riverton resigned.", article)
    assert any(STORY[0] in window and STORY[7] in window for window in found)


def test_the_number_of_windows_is_bounded() -> None:
    assert len(evidence_windows("The mayor resigned.", " ".join(STORY * 50), limit=5)) <= 5


def test_the_closest_sentences_keep_the_order_of_the_text() -> None:
    assert closest("repairs 4.2 million dollars, mayor resigned", STORY, most=2) == f"{STORY[0]} {STORY[7]}"


def test_overlap_is_the_share_of_query_words_found_with_rare_words_weighing_more() -> None:
    texts = ["flood water", "flood dam", "flood"]
    none, rare, all_of_it = overlaps("dam", ["water"])[0], overlaps("flood dam", texts), overlaps("flood", texts)
    assert none == 0.0
    assert all_of_it == [1.0, 1.0, 1.0]
    assert rare[1] == 1.0
    assert rare[0] < 0.5


def test_sentences_are_split_at_abbreviations_correctly() -> None:
    assert sentences_of("He met Dr. Smith in the U.S. on Jan. 5. They talked.") == [
        "He met Dr. Smith in the U.S. on Jan. 5.",
        "They talked.",
    ]
