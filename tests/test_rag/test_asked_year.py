from datetime import UTC, datetime

import pytest

from index.types import Chunk, Span
from rag.passages import sentences_of
from rag.question.asked_year import may_be_of_asked_year
from rag.types import Passage


def answers(
    question: str, text: str, *, title: str = "", published: datetime | None = datetime(2026, 3, 10, tzinfo=UTC)
) -> bool:
    """Whether the last sentence of an article can be about the year that the question names."""
    passage = Passage(1, Chunk("c", "a", 0, Span(50, 50 + len(text)), text, title=title, published=published), 1.0)
    return may_be_of_asked_year(question, sentences_of(passage)[-1], passage)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many homes burned in the wildfire of 2019?", "Forty homes burned on Sunday."),
        ("What did the 2021 census cost?", "The census cost 9 million."),
        ("What did the airport earn in 2024?", "Last year the airport earned 7 million."),
        ("How many homes burned in 2019?", "The law is of 2019.\n\nForty homes burned on Sunday."),
        ("How many homes burned in 2019?", "Forty homes have burned since February."),
        ("How many goals did Ost score in 2016?", "Ost scored forty goals in the 2024/25 season."),
        ("What did the airport earn in 2026?", "Last year the airport earned 7 million."),
    ],
)
def test_a_sentence_about_another_year_cannot_answer(question: str, text: str) -> None:
    assert not answers(question, text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How many homes burned in 2026?", "Forty homes burned on Sunday."),
        ("How many homes burned in 2019?", "Forty homes burned in 2019."),
        ("How many homes burned in 2019?", "There was a wildfire in 2019. Nobody died. Forty homes burned."),
        ("How many homes burned in 2019?", "Between 2015 and 2021 four hundred homes burned."),
        ("How many homes burned in 2019?", "Since 2015 four hundred homes have burned."),
        ("How many homes burned in 2019?", "Seven years ago forty homes burned."),
        ("How many goals did Ost score in 2016?", "Ost scored forty goals in the 2016/17 season."),
        ("How many goals did Ost score in 2016?", "Ost scored forty goals in the 2015/16 season."),
        ("How many homes burned in 2016?", "Back in '16 forty homes burned."),
        ("How many homes burned in 2014?", "In the 2010s four hundred homes burned."),
        ("What did the airport earn in 2025?", "Last year the airport earned 7 million."),
        ("What did the airport earn in 2026?", "The airport earned 7 million, after 5 million last year."),
        ("What did the airport earn in 2026?", "Last year it earned 5 million, and this year 7 million."),
        ("What did the airport earn in 2025?", "The airport earned 7 million up to December."),
        ("What will the airport earn in 2027?", "The airport expects to earn 7 million."),
    ],
)
def test_a_sentence_that_may_be_about_the_asked_year_can_answer(question: str, text: str) -> None:
    assert answers(question, text)


def test_the_headline_may_give_the_year() -> None:
    assert answers("How many homes burned in 2019?", "Forty homes burned.", title="The wildfire of 2019")


def test_bounds_and_years_in_names_do_not_restrict_the_sentences() -> None:
    assert answers("How many homes have burned since 2019?", "Forty homes burned on Sunday.")
    assert answers("How many people work for Vision 2020?", "It employs forty people.")


def test_an_undated_article_and_the_turn_of_the_year_do_not_rule_a_sentence_out() -> None:
    question = "How many homes burned in 2025?"
    assert answers(question, "Forty homes burned.", published=None)
    assert answers(question, "Forty homes burned on Wednesday.", published=datetime(2026, 1, 2, tzinfo=UTC))
