"""Sentences that cannot answer, however many words they share with a question: they state nothing, or nothing new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rag.fakes_chain import passages_of

from rag.extractive import fit_to_answer
from rag.facts.disagreement import YES_OR_NO
from rag.question.statements import adds_to, states


@pytest.mark.parametrize(
    "text",
    [
        "Which ferry ran aground near Holm this week?",
        "“Who will pay for the bridge?”",
        "*What does PVT stand for?*",
        "B. The postal workers",
        "c) 212",
        "3. Lindow",
        "See the list of closed bridges below.",
        "Sign up for our morning letter.",
        "Read more about the ferry strike here.",
        "2) The ferry strike",
        "Harbour closed: Why the ferries stay in port this week",
        "How the mayor lost her majority",
        "Here's what to know about the vote",
        "The harbour - what travellers need to know",
        "Ferry timetable: where to find it",
        "When to leave for the ferry",
        "Who paid for the bridge?!",
        "« Qui paiera ? »",
        "Which film beat “Who Pays the Ferryman?”",
        "A. Anna Lund",
        "B. Lund and Brandt",
        "C. Koravian troops",
        "D. Trains cancelled",
        "a. Lund resigned",
        "Why the closed bridge is unsafe",
        "Why the mayor said the ferry was safe",
        "How Lund knew the ferry was late",
        "How the mayor lost her majority and is fighting on",
        "What we learned when Lund was mayor",
        "Why a man who lost his boat is suing",
        "Why passengers stranded in Holm are angry",
        "Why Lund left and what is next",
        "Harbour closes: what was said on Monday",
        "Ferry timetable - where it is found",
        "What Lund promised is happening",
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
        'The panel voted "yes" in response to the question: "Do the benefits outweigh the risks?"',
        "She hosted “Who Pays the Ferryman?”",
        "He asked: 'Why not?'",
        "The council voted 5-4 (who knew?)",
        "WHO declares the fever an emergency",
        "Fever declared over - WHO",
        "The yard will cut 40 posts - which is 5% of its staff",
        "Harbour pilot - who died in 2019 - honoured",
        "When Lund bought the yard, she cut half of the staff",
        "E. coli kills one in Holm",
        "A. R. Lund wins the race",
        "C. Lund gets five million crowns in damages",
        "A. Lund resigned",
        "A. Smith was elected",
        "D. Lund has resigned",
        "B. Falk wins the race",
        "C. Weiss injured in Kolm",
        "Why Lund resigned is unclear",
        "Harbour closes: what the mayor said was wrong",
        "How the fire started remains a mystery",
        "Where the money went is not known",
        "Why Lund left the yard is unclear",
        "Holm - who paid for the bridge is a secret",
        "3. Lund wins the Holm race",
        "“Follow the money,” Lund said.",
        "Watch sales fell in May.",
        "Join forces, or lose the ferry: that is what Lund told the council.",
    ],
)
def test_statements_headlines_and_figures_state_something(text: str) -> None:
    assert states(text)


def test_a_sentence_that_only_repeats_the_question_adds_nothing() -> None:
    question = "The ferry Astrid ran aground near Holm this week. Why did she run aground?"
    assert not adds_to(question, "The ferry Astrid ran aground this week, near Holm.")
    assert adds_to(question, "The ferry Astrid ran aground near Holm because of fog.")
    assert adds_to(question, "The ferry Astrid did not run aground near Holm.")
    assert not adds_to("Can you tell me why the ferry Astrid sank?", "The ferry Astrid sank.")


@pytest.mark.parametrize(
    "question",
    [
        "Did the ferry Astrid run aground near Holm?",
        "Didn't the ferry Astrid run aground near Holm??",
        "So did the ferry Astrid run aground near Holm? ",
        "Did the ferry Astrid run aground near Holm",
        "A storm came up. Did the ferry Astrid run aground near Holm?",
        "The ferry Astrid ran aground near Holm, didn’t she?",
        "Is it true that the ferry Astrid ran aground near Holm?",
        "Might the ferry Astrid have run aground near Holm?",
        "Tell me: did the ferry Astrid run aground near Holm?",
        "“Did the ferry Astrid run aground near Holm?”",
        "The ferry Astrid ran aground near Holm?",
        "Who knows whether the ferry Astrid ran aground near Holm?",
        "What about the ferry Astrid near Holm, run aground or saved?",
    ],
)
def test_a_sentence_that_repeats_a_yes_or_no_question_answers_it(question: str) -> None:
    assert adds_to(question, "The ferry Astrid ran aground near Holm.")


@pytest.mark.parametrize(
    "question",
    [
        "Why did the ferry Astrid or her tug run aground near Holm?",
        "Why did the ferry Astrid run aground, near Holm or not?",
        "Why is it asked whether the ferry Astrid ran aground near Holm?",
        "How many ferries like the Astrid or others ran aground near Holm?",
        "When did the ferry Astrid or her tug run aground near Holm?",
        "Will Astrid said the ferry near Holm ran aground when?",
    ],
)
def test_a_sentence_that_repeats_a_question_with_or_or_whether_need_not_answer_it(question: str) -> None:
    form = "ran" if "ran" in question else "did run"
    assert not adds_to(question, f"The ferry Astrid {form} aground near Holm.")


@pytest.mark.parametrize(
    "question",
    [
        "Who ran aground near Holm, the ferry Astrid or the tug?",
        "Which ran aground near Holm: the ferry Astrid or the tug?",
        "How did the ferry Astrid get near Holm, run aground or drift?",
        "What ran aground near Holm - the ferry Astrid or the tug?",
        "Which of the ferry Astrid or the tug ran aground near Holm?",
        "How do we know whether the ferry Astrid ran aground near Holm?",
        "Will the ferry Astrid have run aground near Holm?",
        "May Astrid have run aground near Holm, or what?",
    ],
)
def test_a_sentence_with_the_words_of_one_of_two_alternatives_answers(question: str) -> None:
    assert adds_to(question, "The ferry Astrid ran aground near Holm.")


@pytest.mark.parametrize(
    ("question", "is_it"),
    [
        ("Will Smith resign?", True),
        ("Will Smith say why?", True),
        ("Will injured players return?", True),
        ("May Lund tell who did it?", True),
        ("Will Smith slapped the host?", True),  # asked back: is that so?
        ("Will Smith said what?", False),
        ("Will said what?", False),
        ("May Lund announced the vote when?", False),
        ("Is that why?", True),
    ],
)
def test_a_name_that_is_spelled_like_a_modal_begins_no_yes_or_no_question(question: str, *, is_it: bool) -> None:
    assert bool(YES_OR_NO.search(question)) is is_it


@pytest.mark.parametrize(
    "piece", ["- why x ", "a 'b ", 'a "b ', "a (b ", ", is x", "so, ", ": why x ", "? ", "- ", "Why "]
)
@pytest.mark.parametrize("end", ['"', "x?", "? x?", "", "?'", "? x"])
def test_a_text_of_any_length_is_judged_in_one_pass(piece: str, end: str) -> None:
    # Two passes over each other would take weeks at this size.
    text = piece * 50_000 + end
    states(text)
    YES_OR_NO.search(text)
    YES_OR_NO.match(text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who struck Koravia?", "The US struck Koravia."),
        ("Who declared the fever over?", "The WHO declared the fever over."),
        ("How many ferries ran aground?", "All the ferries ran aground."),
        ("How did prices move?", "Prices moved down."),
        ("How often does the ferry leave?", "The ferry leaves once."),
    ],
)
def test_short_words_can_be_the_answer(question: str, answer: str) -> None:
    assert adds_to(question, answer)
    assert not adds_to(answer, answer.lower())


@given(st.text())
def test_what_ends_with_a_full_stop_states_something_and_what_ends_with_a_question_mark_does_not(text: str) -> None:
    assert states(f"{text} x.")
    assert not states(f"Who {text} x?")


def test_a_reader_never_answers_with_the_question_of_a_quiz() -> None:
    question, answer = "Which ferry ran aground near Holm?", "The ferry Birgit ran aground near Holm on Monday."
    kept = fit_to_answer(question, passages_of(question, "A. Astrid", "B. Birgit", answer))
    assert [sentence.text for sentence in kept] == [answer]
