"""Phrases of questions, and how neighbours are put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dialogue.phrases import joined, phrases_of


@pytest.mark.parametrize(
    ("question", "phrases", "together"),
    [
        ("What happened in Varn?", ["happened", "Varn"], ["happened in Varn"]),
        ("Who leads the Bank of the North?", ["leads", "Bank of the North"], ["leads the Bank of the North"]),
        ("After the strike, who was paid?", ["strike", "paid"], ["strike", "paid"]),
        ("What was it made of?", ["made"], ["made"]),
        ("Why?", [], []),
    ],
)
def test_phrases_are_runs_of_content_words_and_stay_together_without_punctuation_between(
    question: str, phrases: list[str], together: list[str]
) -> None:
    found = phrases_of(question)
    assert [phrase.text for phrase in found] == phrases
    assert list(joined(found)) == together


def test_phrases_left_out_part_their_neighbours() -> None:
    first, _, last = phrases_of("Did the ferry sink in the storm at Holm?")
    assert list(joined([first, last])) == [first.text, last.text]


@given(st.text(alphabet="abt heoOf,.?() ", max_size=60))
def test_what_is_put_together_stands_in_the_question(question: str) -> None:
    assert all(part in question for part in joined(phrases_of(question)))
