"""A sentence on the counterpart of what is asked about does not answer."""

from __future__ import annotations

import pytest
from test_rag.fakes_chain import passages_of

from rag.extractive import fit_to_answer
from rag.question.contrasts import is_of_counterpart


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who won the first round?", "Brandt won the second round."),
        ("Who won the first round?", "Brandt won the final round."),
        ("Which is Tervania's largest operator?", "Norlyk is the country's second-largest operator."),
        ("Which is the second largest bank?", "Norlyk is the largest bank."),
        ("When will the old bridge be closed?", "The new bridge will be closed in May."),
        ("Who owns the northern mine?", "Kystnet owns the southern mine."),
        ("How many seats has the upper house?", "The lower house has 120 seats."),
    ],
)
def test_a_sentence_on_the_counterpart_does_not_answer(question: str, sentence: str) -> None:
    assert is_of_counterpart(question, sentence)
    assert fit_to_answer(question, passages_of(sentence)) == []


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who won the first round?", "Brandt won the first round."),
        ("Who won the first round?", "Brandt won the round."),
        ("Who won the first round?", "Brandt won the second round, and Lind the first."),
        ("Who won the last round?", "Brandt won the final round."),
        ("Which is the largest bank?", "Norlyk is the largest bank."),
        ("Which is the first largest bank?", "Norlyk is the largest bank."),
        ("When will the old bridge be closed?", "It will be closed when the new one opens."),
        ("When will the old bridge be closed?", "When the new bridge opens, the bridge will be closed."),
        ("Who owns the northern mine?", "Kystnet owns the mine in the north."),
        ("Who owns the northern mine?", "Kystnet owns the larger mine."),
        ("Was it a big loss?", "It was a small step."),
    ],
)
def test_a_sentence_that_may_be_on_the_same_thing_is_kept(question: str, sentence: str) -> None:
    assert not is_of_counterpart(question, sentence)
