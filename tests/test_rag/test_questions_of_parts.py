"""A compound question is answered part by part, and unanswered parts are noted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from test_rag.fakes_chain import passages_of

from rag.conversation import FollowUps
from rag.parts import MOST_PER_PART, PartsReader, parts_of
from rag.types import Draft, Passage, Sentence

WON = Sentence("Varn won the cup.", (1,))
SCORE = Sentence("It ended 2-1.", (1,))
BOTH = Sentence("Varn won the cup 2-1.", (2,))
NOTE = "Not answered: “what was the score?” Try asking it by itself."


class Table:
    """Looks up a draft by the question's first word and records the questions."""

    def __init__(self, **drafts: Draft) -> None:
        self.drafts = drafts
        self.asked: list[str] = []

    def read(self, question: str, passages: Sequence[Passage]) -> Draft:
        self.asked.append(question)
        return self.drafts.get(question.split(maxsplit=1)[0].lower(), Draft(()))


def read(question: str, table: Table) -> Draft:
    return PartsReader(table, FollowUps()).read(question, passages_of("Varn won the cup."))


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Who won the cup and what was the score?", ("Who won the cup?", "what was the score?")),
        ("When did it begin and how did it end", ("When did it begin?", "how did it end?")),
        ("How often was it put off, and when?", ("How often was it put off?", "when?")),
        ("Was it off, and for how long?", ("Was it off?", "for how long?")),
        ("Who won? What was the score?", ("Who won?", "What was the score?")),
    ],
)
def test_a_compound_question_is_split_into_questions(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who won the cup?",
        "What did Brandt and Odde say?",
        "How many were killed and injured?",
        "Tell me who won and what the score was",
        "Is the man who resigned and who denied it still there?",
        "",
    ],
)
def test_a_question_with_one_part_is_unchanged(question: str) -> None:
    assert parts_of(question) == (question,)


def test_parts_are_read_one_by_one_and_later_ones_are_made_to_stand_alone() -> None:
    table = Table(who=Draft((WON,), 0.6), how=Draft((SCORE,), 0.9))
    draft = read("Who won the cup final in Varn, and how did it end?", table)
    assert draft == Draft((WON, SCORE), 0.9)
    assert table.asked[0] == "Who won the cup final in Varn?"
    assert table.asked[1].startswith("How did it end")
    assert "cup final" in table.asked[1]


def test_a_sentence_that_answers_both_parts_appears_once() -> None:
    draft = read("Who won the cup and what was the score?", Table(who=Draft((BOTH,)), what=Draft((BOTH,))))
    assert draft.sentences == (BOTH,)


def test_unanswered_parts_are_noted() -> None:
    assert read("Who won the cup and what was the score?", Table(who=Draft((WON,), 0.6))).notes == (NOTE,)


def test_each_part_gets_at_most_two_sentences() -> None:
    many = Draft(tuple(Sentence(f"Sentence {n}.", (1,)) for n in range(5)))
    draft = read("Who won the cup and what was the score?", Table(who=many, what=Draft((SCORE,))))
    assert len(draft.sentences) == MOST_PER_PART + 1


def test_the_whole_question_is_read_if_no_part_is_answered() -> None:
    table = Table()
    assert read("Who won the cup and what was the score?", table) == Draft(())
    assert table.asked[-1] == "Who won the cup and what was the score?"
