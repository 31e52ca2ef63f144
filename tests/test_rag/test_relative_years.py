from datetime import UTC, datetime

import pytest
from test_rag.fakes_chain import MemoryArchive, article, make_chatbot, make_extractive

from index.types import Article, Question
from rag.question.relative_years import with_asked_year
from rag.types import Abstention, Answer, Reply

IN_MAY_2026 = datetime(2026, 5, 4, tzinfo=UTC)
ASKED = "How many homes burned in Kolm last year?"
THIS_YEAR = article("spring", "Forty homes burned in Kolm on Sunday.", published=datetime(2026, 4, 1, tzinfo=UTC))
LAST_YEAR = article("autumn", "Nine homes burned in Kolm on Friday.", published=datetime(2025, 10, 1, tzinfo=UTC))
REVIEW = article("review", "Last year 61 homes burned in Kolm.", published=datetime(2026, 2, 1, tzinfo=UTC))
LATER_REVIEW = article("later", "Last year 17 homes burned in Kolm.", published=datetime(2027, 2, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("question", "resolved"),
    [
        ("How many homes burned last year?", "How many homes burned last year (2025)?"),
        ("What did the airport earn last year?", "What did the airport earn last year (2025)?"),
        ("Who was elected mayor of Kolm last year?", "Who was elected mayor of Kolm last year (2025)?"),
        ("Last year, how many homes burned?", "Last year (2025), how many homes burned?"),
        ("How much did exports rise two years ago?", "How much did exports rise two years ago (2024)?"),
        ("How many homes burned 12 years ago?", "How many homes burned 12 years ago (2014)?"),
    ],
)
def test_the_year_is_added_to_a_question_about_a_past_year(question: str, resolved: str) -> None:
    assert with_asked_year(question, IN_MAY_2026) == resolved


@pytest.mark.parametrize(
    "question",
    [
        "How many people died in last year's flood?",
        "Who won last year’s cup final?",
        "What became of the minister who resigned last year?",
        "What became of the minister elected last year?",
        "When did the bridge built 30 years ago collapse?",
    ],
)
def test_a_year_that_only_describes_something_is_not_resolved(question: str) -> None:
    assert with_asked_year(question, IN_MAY_2026) == question


@pytest.mark.parametrize(
    "question",
    [
        "How many more homes burned than last year?",
        "How many homes have burned since last year?",
        "What will the airport earn compared with last year?",
        "How many homes burned about ten years ago?",
        "How many years ago did the mine close?",
        "Why did the mayor resign last year?",
        "How many homes burned in the last year?",
        "How many homes burned this year?",
        "How many homes burned last month?",
        "How many homes burned last year (2025)?",
        "",
    ],
)
def test_comparisons_estimates_causes_and_present_years_are_not_resolved(question: str) -> None:
    assert with_asked_year(question, IN_MAY_2026) == question


def ask(*articles: Article, as_of: datetime = IN_MAY_2026) -> Reply:
    return make_chatbot(MemoryArchive(articles), make_extractive(threshold=0.1)).ask(Question(ASKED, as_of=as_of))


def test_this_years_figure_does_not_answer_a_question_about_last_year() -> None:
    assert isinstance(ask(THIS_YEAR), Abstention)


@pytest.mark.parametrize("answering", [LAST_YEAR, REVIEW], ids=lambda item: item.id)
def test_a_report_of_last_year_and_this_years_report_on_last_year_answer_it(answering: Article) -> None:
    reply = ask(THIS_YEAR, answering)
    assert isinstance(reply, Answer)
    assert {citation.article_id for citation in reply.citations} == {answering.id}


def test_a_report_on_last_years_figures_may_name_the_year_in_another_sentence() -> None:
    text = "The fire service has published its figures. In Kolm 61 homes burned. In 2025 there was little rain."
    report = article("report", text, published=datetime(2026, 2, 1, tzinfo=UTC))
    assert isinstance(ask(report), Answer)


def test_a_report_that_names_another_month_or_year_in_another_sentence_does_not_answer() -> None:
    text = "In Kolm 61 homes burned.\n\nThe service was founded in 1911. It meets in April."
    report = article("report", text, published=datetime(2026, 2, 1, tzinfo=UTC))
    assert isinstance(ask(report), Abstention)


def test_last_year_in_an_article_is_the_year_before_the_article_and_not_before_the_question() -> None:
    reply = ask(LATER_REVIEW, as_of=datetime(2028, 5, 4, tzinfo=UTC))  # asks about 2027; the article speaks of 2026
    assert isinstance(reply, Abstention)


def test_the_reply_shows_the_year_that_was_understood() -> None:
    assert ask(LAST_YEAR).trace.standalone_question == "How many homes burned in Kolm last year (2025)?"
