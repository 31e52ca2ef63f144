"""What happens next is what the newest report on the topic says is to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_rag.fakes_chain import day, passages_of

from rag.next_steps import NextReader
from rag.types import Draft, Passage, Sentence

OTHER = Draft((Sentence("Something else.", (1,)),), 0.9)
OLD = "Dario Penn accused Lanvik FC of not paying him. His agent will speak on Tuesday."
NEW = "Dario Penn has gone to court against Lanvik FC. It owes him a million. A court will hear the case on 11 June."
SCHOOL = "The Hillside school is closed. It will open on Monday. Minister Karl Ostad said so. It rains on Dario Penn."


class Other:
    """A reader with one answer to everything."""

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        return OTHER


def read(question: str, *texts: tuple[str, int | None], title: str = "The news") -> Draft:
    passages = passages_of(*(text for text, _ in texts))
    known = [day(of) if of else None for _, of in texts]
    dated = [
        replace(passage, chunk=replace(passage.chunk, published=of, title=title))
        for passage, of in zip(passages, known, strict=True)
    ]
    return NextReader(Other()).read(question, dated)


@pytest.mark.parametrize(
    "question",
    [
        "What happens next (Penn accuse Lanvik FC)?",
        "So what happens now with Dario Penn?",
        "What will happen next in the case of Dario Penn and Lanvik FC?",
        "What's next for Dario Penn?",
        "What comes next for Dario Penn?",
    ],
)
def test_the_forecasts_of_the_newest_report_are_quoted(question: str) -> None:
    draft = read(question, (OLD, 3), (NEW, 6), (SCHOOL, 9))
    assert draft.sentences == (Sentence("A court will hear the case on 11 June.", (2,)),)


@pytest.mark.parametrize(
    "question",
    [
        "What happened next to Dario Penn?",
        "What is next to Lanvik FC?",
        "When will the next match of Lanvik FC be?",
        "What does Dario Penn do now?",
        "What happens next?",
        "What happens next (Karl Ostad)?",
        "What happens next with the toll in Ost?",
        "Who will hear the case of Dario Penn?",
    ],
)
def test_other_questions_and_topics_go_to_the_other_reader(question: str) -> None:
    assert read(question, (OLD, 3), (NEW, 6), (SCHOOL, 9)) == OTHER


def test_forecasts_of_older_undated_or_opinion_pieces_are_not_quoted() -> None:
    question = "What happens next with Dario Penn?"
    assert read(question, (OLD, 3), ("Dario Penn has won in court. He was glad.", 9)) == OTHER
    assert read(question, (NEW, None)) == OTHER
    assert read(question, (NEW, 6), title="Opinion: Pay him") == OTHER
    assert read(question, ("Dario Penn is in court. What will happen?", 6)) == OTHER
