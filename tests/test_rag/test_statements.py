"""Sentences that cannot answer, however many words they share with a question: they state nothing, or nothing new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rag.fakes_chain import passages_of

from rag.extractive import fit_to_answer
from rag.statements import adds_to, states


@pytest.mark.parametrize(
    "text",
    [
        "Which ferry ran aground near Holm this week?",
        "“Who will pay for the bridge?”",
        "*What does PVT stand for?*",
        "B. The postal workers",
        "c) 212",
        "Harbour closed: Why the ferries stay in port this week",
        "How the mayor lost her majority",
        "Here's what to know about the vote",
    ],
)
def test_questions_options_of_a_quiz_and_teasers_state_nothing(text: str) -> None:
    assert not states(text)


@pytest.mark.parametrize(
    "text",
    [
        "The ferry Astrid ran aground near Holm.",
        "“Who will pay?” the mayor asked on Monday.",
        "The question is how the mayor lost her majority.",
        "Deaths: 17",
        "A. Lund resigned.",
        "B. The postal workers of Lindmark will strike on Monday, their union said",
        "Ferry runs aground near Holm",
        "Where the bridge stood, a ferry now crosses.",
        "What began as a protest ended in a fire.",
    ],
)
def test_statements_headlines_and_figures_state_something(text: str) -> None:
    assert states(text)


def test_a_sentence_that_only_repeats_the_question_adds_nothing() -> None:
    question = "The ferry Astrid ran aground near Holm this week. Why did she run aground?"
    assert not adds_to(question, "The ferry Astrid ran aground this week, near Holm.")
    assert adds_to(question, "The ferry Astrid ran aground near Holm because of fog.")
    assert adds_to(question, "The ferry Astrid did not run aground near Holm.")


def test_a_sentence_that_repeats_a_yes_or_no_question_answers_it() -> None:
    assert adds_to("Did the ferry Astrid run aground near Holm?", "The ferry Astrid ran aground near Holm.")
    assert adds_to("What about the ferry, saved or lost?", "The ferry was lost.")


@given(st.text())
def test_any_text_can_be_asked_whether_it_states_something(text: str) -> None:
    assert isinstance(states(text), bool)


def test_a_reader_never_answers_with_the_question_of_a_quiz() -> None:
    question, answer = "Which ferry ran aground near Holm?", "The ferry Birgit ran aground near Holm on Monday."
    kept = fit_to_answer(question, passages_of(question, "A. Astrid", "B. Birgit", answer))
    assert [sentence.text for sentence in kept] == [answer]
