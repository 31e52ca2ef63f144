"""Nobody claims a retracted statement any more, and a correction is read as one sentence."""

import pytest
from test_rag.fakes_chain import passages_of

from index.types import Chunk, Span
from rag.facts.disagreement import differences
from rag.facts.figures import facts_of
from rag.language.corrections import retracted_span, standing
from rag.passages import sentences_of
from rag.question.answer_type import holds_type
from rag.types import Passage

WE = "Correction: On Wednesday we reported that five people had been killed in the fire at the Lakko plant."
RIGHT = "The correct number is four, as police confirmed on Friday."


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("An earlier version of this article said that 17 people had died.", "said that 17 people had died"),
        (WE, "reported that five people had been killed in the fire at the Lakko plant"),
        ("The mill was wrongly described as a factory on Monday.", "wrongly described as a factory on Monday"),
        ("This article misstated the toll as 17; it is 16.", "misstated the toll as 17"),
        ("Correction: we said 17 people had died, when 16 had.", "said 17 people had died"),
    ],
)
def test_a_retracted_statement_is_found(text: str, gone: str) -> None:
    span = retracted_span(text)
    assert span is not None
    assert span.of(text).endswith(gone)
    assert len(standing(text)) == len(text)
    assert gone not in standing(text)


@pytest.mark.parametrize(
    "text",
    [
        "We reported last week that five people had been killed.",
        "An earlier report by the institute gave the weight as 43 tonnes.",
        "The minister said the figure was wrong.",
        "The first report of the commission was published on 3 May.",
        "Police corrected the number to 16.",
    ],
)
def test_an_earlier_report_that_is_not_called_wrong_is_not_retracted(text: str) -> None:
    assert retracted_span(text) is None
    assert standing(text) == text


def test_a_text_gives_the_corrected_figure_and_not_the_retracted_one() -> None:
    assert [(fact.amount.value, fact.counts) for fact in facts_of(f"{WE} {RIGHT}")] == [(4, frozenset({"killed"}))]
    assert facts_of(WE) == ()


def test_a_corrected_figure_differs_only_from_the_wrong_one() -> None:
    five = "Five people were killed in the fire at the Lakko plant."
    four = "Four people were killed in the fire at the Lakko plant."
    assert [d.says for d in differences(five, f"{WE} {RIGHT}")] == [("Five", "four")]
    assert differences(four, f"{WE} {RIGHT}") == []
    assert differences(five, WE) == []


def test_a_text_does_not_give_a_retracted_day() -> None:
    wrong = "Correction: an earlier version of this story said that the council votes on the bridge on 5 June 2026."
    other = "The council votes on the bridge on 6 June 2026."
    assert differences(wrong, other) == []
    assert not holds_type("When does the council vote?", wrong)


@pytest.mark.parametrize("question", ["How many people were killed?", "How many died in the fire?"])
def test_the_correction_answers_a_question_and_the_retracted_statement_does_not(question: str) -> None:
    assert not holds_type(question, WE)
    assert holds_type(question, f"{WE} {RIGHT}")


def test_a_correction_and_the_sentence_with_the_right_figure_are_one_sentence() -> None:
    passage = passages_of(f"{WE} {RIGHT} The plant is closed.")[0]
    told = sentences_of(passage)
    assert [one.text for one in told] == [f"{WE} {RIGHT}", "The plant is closed."]
    assert told[0].span.of(f"{WE} {RIGHT} The plant is closed.") == told[0].text
    assert told[1].before == told[0].text


def test_a_correction_at_the_end_of_a_paragraph_is_not_joined_with_the_next() -> None:
    text = f"{WE}\n\nThe plant is closed."
    passage = Passage(1, Chunk("c1", "a1", 0, Span(0, len(text)), text), 1.0)
    assert [one.text for one in sentences_of(passage)] == [WE, "The plant is closed."]
