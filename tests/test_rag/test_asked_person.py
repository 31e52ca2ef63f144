"""A sentence on what another person did does not answer why, when or where the person asked about did it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_rag.fakes_chain import passages_of

from rag.extractive import fit_to_answer
from rag.question.asked_person import is_of_another_person

RASCH = "Edda Rasch has resigned as head of the bank, it said on Tuesday."
HEIR = "Her successor is Tom Eklund."


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did Petra Lunde resign?", RASCH),
        ("Why has Petra Lunde resigned?", "Edda Rasch suddenly resigned because of the theft."),
        ("When did Petra Lunde resign as head of the rescue service?", RASCH),
        ("Why was Petra Lunde dismissed?", "Edda Rasch was dismissed because of the theft."),
        ("Why had Petra Lunde been dismissed in May?", "Edda Rasch had been dismissed because of the theft."),
        ("Did Petra Lunde resign?", RASCH),
        ("Has Petra Lunde resigned?", RASCH),
        ("Where did Petra Lunde die?", "The singer Edda Rasch died in Haldern on Monday."),
    ],
)
def test_a_sentence_whose_subject_is_another_person_does_not_answer(question: str, text: str) -> None:
    assert fit_to_answer(question, passages_of(text)) == []


def test_nothing_at_the_top_of_an_article_on_another_person_answers() -> None:
    passages = passages_of(f"{RASCH} {HEIR} The theft was a mistake.")
    assert fit_to_answer("Why did Petra Lunde resign?", passages) == []
    assert len(fit_to_answer("Why did Edda Rasch resign?", passages)) == 3


def test_further_down_only_what_points_back_to_the_other_person_is_left_out() -> None:
    (passage,) = passages_of(f"{RASCH} {HEIR} The theft was a mistake.")
    below = replace(passage, chunk=replace(passage.chunk, ordinal=2))
    assert [s.text for s in fit_to_answer("Why did Petra Lunde resign?", [below])] == ["The theft was a mistake."]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Why did Edda Rasch resign?", RASCH),
        ("Why did Rasch resign?", RASCH),
        ("Why did Petra Rasch resign?", RASCH),  # perhaps the same person
        ("Why did Petra Lunde resign?", "Lunde left after the theft. Edda Rasch has resigned, too."),
        ("Why did Petra Lunde resign?", "She resigned because of the theft."),
        ("Why did Petra Lunde resign?", "The minister resigned because of the theft."),
        ("Why did Petra Lunde resign?", "Edda Rasch said that she had resigned because of the theft."),
        ("Why did Petra Lunde sign the deal?", "Edda Rasch signed the deal for the service because of the theft."),
        ("Why was Petra Lunde dismissed?", "Edda Rasch dismissed her because of the theft."),
        ("Why did Petra Lunde leave?", "Edda Rasch was left behind because of the theft."),
        ("Why did Corvin Bank pay?", "Edda Rasch paid because of the theft."),  # may act for the bank
        ("Why did Petra Lunde resign?", "The Corvin Bank resigned from the union because of the theft."),
        ("Why did Petra Lunde withdraw from Norland?", "Great Britain withdrew from Norland because of the theft."),
        ("Why did Petra Lunde help her?", "Edda Rasch helped her because of the theft."),
        ("Who resigned?", RASCH),
        ("Did Edda Rasch resign?", RASCH),
        ("Did the head of the bank resign?", RASCH),
    ],
)
def test_any_other_sentence_may_answer(question: str, text: str) -> None:
    (passage,) = passages_of(text)
    sentences = fit_to_answer(question, [passage])
    assert sentences
    assert not any(is_of_another_person(question, sentence, passage) for sentence in sentences)
