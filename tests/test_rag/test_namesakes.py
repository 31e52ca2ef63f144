"""A sentence on another mayor or another party does not answer."""

from __future__ import annotations

import pytest
from test_rag.fakes_chain import passages_of

from rag.extractive import fit_to_answer
from rag.question.namesakes import is_of_namesake


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is the mayor of Brod?", "Ilse Brandt, the mayor of Velden, opened the bridge."),
        ("Who is the mayor of Brod?", "The mayor of the town of Velden is Ilse Brandt."),
        ("Who is Brod's mayor?", "Velden's mayor, Ilse Brandt, opened the bridge."),
        ("How old is the mayor in Brod?", "Velden Mayor Ilse Brandt, 52, opened the bridge."),
        ("Who is the coach of Kolm Athletic?", "Varn United's new coach, Tom Ek, is 41."),
        ("Who is Tervania's transport minister?", "Koravia's transport minister, Tom Ek, resigned."),
        ("Who is Tervania's prime minister?", "Koravian Prime Minister Helga Marn resigned."),
        ("Who is the president of the United States?", "The French president, Emmanuel Macron, left."),
        ("Who heads Brod? Who is the head of Brod Energy?", "Tom Ek is the head of Velden Steel."),
        ("What percentage did the Red Party get?", "The Blue Party got 43 percent."),
        ("How many people work for Corvin Bank?", "Lysne Bank has 4,000 employees."),
        ("When was the Lindow Bridge closed?", "The Holm Bridge was closed on Monday."),
    ],
)
def test_a_sentence_on_a_namesake_does_not_answer(question: str, sentence: str) -> None:
    assert is_of_namesake(question, sentence)
    assert fit_to_answer(question, passages_of(sentence)) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is the mayor of Brod?", "The mayor of Brod, Ilse Brandt, opened the bridge."),
        ("Who is the mayor of Brod?", "The mayor, Ilse Brandt, opened the bridge."),
        ("Who is the mayor of Brod?", "Ilse Brandt was elected in May."),
        ("Who is the mayor of Brod?", "The mayor of Velden met the mayor, Ilse Brandt."),
        ("Who is the mayor of Brod?", "The mayor of Velden met her colleague from Brod, Ilse Brandt."),
        ("Who is the mayor of Brod?", "Ilse Brandt, a teacher in Velden, was elected."),
        ("Who is the mayor of Brod?", "The head of Velden Steel, Ilse Brandt, was elected."),
        ("Who is the mayor?", "Ilse Brandt, the mayor of Velden, opened the bridge."),
        ("Who is the president of the US?", "American President Joe Biden met French President Emmanuel Macron."),
        ("Who is the president of the United States?", "U.S. President Joe Biden left."),
        ("Who is prime minister of the United Kingdom?", "Britain's prime minister, Rishi Sunak, left."),
        ("Who is Tervania's prime minister?", "Prime Minister Helga Marn of the Labour Party resigned."),
        ("What percentage did the Red Party get?", "The party got 43 percent."),
        ("What percentage did the Red Party get?", "The Blue Party got 43 percent and the Reds 12."),
        ("When was the Lindow Bridge closed?", "Since Monday, traffic has used the Holm Bridge."),
        ("What did Janet Gray say?", "Mr Gray said no."),
        ("What did Janet Gray say?", "Mrs Gray said no."),
        ("Ash Carter has died. Which president did he serve under?", "He was President Barack Obama's secretary."),
    ],
)
def test_a_sentence_that_may_be_on_the_same_one_is_kept(question: str, sentence: str) -> None:
    assert not is_of_namesake(question, sentence)
