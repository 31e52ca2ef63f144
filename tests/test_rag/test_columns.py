"""What the author of an opinion piece thinks of something is what the piece says about it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_rag.fakes_chain import passages_of

from rag.columns import ColumnReader
from rag.passages import sentences_of
from rag.types import Draft, Passage, Sentence

COLUMN = (
    "Nobody should be surprised that the power failed. I have said for years that Lysnett spends too little on its "
    'lines. The county should take the company over. "Lysnett is a disgrace," said mayor Tilda Korn. '
    "Why does Lysnett sleep? Moa Falk of the county doubts this."
)
NOTHING = Draft(())
REPORT = "Some 3,000 homes were without power, the grid company Lysnett said. Lysnett is sorry."


def passages(*, title: str = "Opinion: Ardal was not prepared", author: str | None = "Berit Lang") -> list[Passage]:
    report, column = passages_of(REPORT, COLUMN)
    report = replace(report, chunk=replace(report.chunk, author="Berit Lang", title="3,000 homes without power"))
    return [report, replace(column, chunk=replace(column.chunk, author=author, title=title))]


class Fixed:
    """A reader with one draft for every question."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def read(self, question: str, passages: list[Passage]) -> Draft:
        return self._draft


def read(question: str, found: list[Passage], otherwise: Draft = NOTHING) -> Draft:
    return ColumnReader(Fixed(otherwise)).read(question, found)


OWN = sentences_of(passages()[1])[1].text


@pytest.mark.parametrize(
    "question",
    [
        "What does Berit Lang think of Lysnett?",
        "What does Lang say about Lysnett?",
        "What did Berit Lang write about Lysnett?",
        "And what does Berit Lang want from Lysnett?",
    ],
)
def test_the_authors_own_sentences_on_the_topic_answer(question: str) -> None:
    draft = read(question, passages())
    assert draft.sentences == (Sentence(OWN, (2,)),)
    assert draft.notes == ("The opinion piece quoted is by Berit Lang.",)
    assert not draft.unsure


@pytest.mark.parametrize(
    "question",
    [
        "What does Berit Lang think of the mayor of Velden?",
        "What does Arne Falk think of Lysnett?",
        "What does Tilda Korn think of Lysnett?",
        "What does Sara Lang think of Lysnett?",
        "What does Berit Lang think?",
        "What does Berit Lang earn at Lysnett, about 100 crowns?",
        "What does the county think of Lysnett?",
        "Who does Berit Lang work for at Lysnett?",
        "When did Berit Lang write about Lysnett?",
    ],
)
def test_other_people_topics_and_questions_are_refused_as_before(question: str) -> None:
    assert not read(question, passages()).sentences


def test_a_report_is_not_its_authors_view() -> None:
    assert not read("What does Berit Lang think of Lysnett?", passages(title="Lysnett and the storm")).sentences
    assert not read("What does Berit Lang think of Lysnett?", passages(author=None)).sentences


def test_a_sure_answer_of_the_other_reader_stays_and_an_unsure_one_gives_way() -> None:
    sure = Draft((Sentence("Lysnett is sorry.", (1,)),), 0.9)
    assert read("What does Berit Lang think of Lysnett?", passages(), sure) == sure
    unsure = replace(sure, unsure=True)
    assert read("What does Berit Lang think of Lysnett?", passages(), unsure).sentences == (Sentence(OWN, (2,)),)
    assert read("What does Arne Falk think of Lysnett?", passages(), unsure) == unsure
