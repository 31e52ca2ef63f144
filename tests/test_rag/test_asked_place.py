"""A figure of one place does not answer for another for which the same report has a figure of its own."""

from __future__ import annotations

import pytest
from test_rag.fakes_chain import passages_of

from rag.extractive import fit_to_answer
from rag.passages import sentences_of
from rag.question.asked_place import is_of_another_place

REPORT = "Fourteen children in Lanvik have measles. The ill stay in Lanvik. Two cases were also reported in Brod."


def left_out(question: str, text: str) -> list[str]:
    (passage,) = passages_of(text)
    return [one.text for one in sentences_of(passage) if is_of_another_place(question, one, passage)]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many children have measles in Brod?", REPORT),
        (
            "How many cases are there in Brod (measles)?",
            "In Lanvik there are 31 cases. In Brod there are six.",
        ),
        ("How much is the toll in Ost Fjord?", "The toll in Brod is 35 crowns. In Ost Fjord it is 20 crowns."),
        ("What share voted for it in Ost?", "In Brod 40 percent voted for it. It was 60 percent in Ost."),
    ],
)
def test_the_figure_of_another_place_is_left_out(question: str, text: str) -> None:
    first = sentences_of(passages_of(text)[0])[0].text
    assert first in left_out(question, text)
    assert first not in [one.text for one in fit_to_answer(question, passages_of(text))]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many children have measles in Lanvik?", "Fourteen children in Lanvik have measles, two of them in Brod."),
        ("How many died in Norway?", "A storm raged in Norway. Three people died in Oslo."),  # no figure of its own
        ("How many died in Norway?", "Three people died in Oslo."),
        ("How many died in Brod?", "Three people died. Two were hurt in Brod."),
        ("How many died in Brod and in Haln?", "Three died in Oslo. Two died in Brod, one in Haln."),
        ("How many children have measles?", REPORT),
        ("How many had measles in March?", REPORT),
        ("Who has measles in Brod?", REPORT),
        ("When did measles begin in Brod?", "Measles began in Lanvik on 3 May. It began in Brod on 4 May."),
        ("How many died in the Lindow Bridge collapse?", "Three died in Oslo. Two died in Brod."),
    ],
)
def test_nothing_else_is_left_out(question: str, text: str) -> None:
    assert left_out(question, text) == []


def test_the_figure_of_the_place_asked_about_stays() -> None:
    kept = [one.text for one in fit_to_answer("How many cases of measles are there in Brod?", passages_of(REPORT))]
    assert kept == ["Two cases were also reported in Brod."]
