from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from test_ui.fakes_ui import answer, article, cite, claim

from index.types import Question
from rag.events import Checking, Reading, Searching
from rag.types import Certainty, Conflict, ConflictKind
from ui import words

A = article("a", "The toll is 12. It rose.", outlet="Meridian Post")
B = article("b", "The toll is 12.", outlet="Ledger", published=datetime(2026, 5, 6, 9, 30, tzinfo=UTC))
C = article("c", "The toll is 17.", outlet=None, published=None)


def test_reprints_are_counted_as_reports_but_not_as_independent_ones() -> None:
    assert words.voices([cite(A, "The toll is 12.", 1, ("b",)), cite(C, "The toll is 17.", 2)]) == (3, 2)


def test_two_quotes_of_one_article_are_one_report() -> None:
    assert words.voices([cite(A, "The toll is 12.", 1), cite(A, "It rose.", 2)]) == (1, 1)


def test_articles_linked_through_a_third_are_one_independent_report() -> None:
    one = [cite(A, "It rose.", 1, ("x",)), cite(B, "The toll is 12.", 2, ("y",)), cite(C, "The toll", 3, ("x", "y"))]
    assert words.voices(one) == (5, 1)


def test_five_outlets_with_two_reports_of_their_own() -> None:
    wire = cite(A, "The toll is 12.", 1, ("courier", "ledger", "radio"))
    assert words.voices([wire, cite(C, "The toll is 17.", 2)]) == (5, 2)


def test_a_later_version_of_the_same_copy_is_not_independent_though_its_figure_is_another() -> None:
    later = replace(cite(C, "The toll is 17.", 2), same_story=("a", "not-cited"))
    assert words.voices([cite(A, "The toll is 12.", 1), later]) == (2, 1)


def test_the_line_above_an_answer_has_the_date_the_reports_and_the_disagreements() -> None:
    reply = answer(
        "?",
        [claim("x", 1)],
        [cite(A, "The toll is 12.", 1, ("b",)), cite(B, "The toll is 12.", 2), cite(C, "The toll is 17.", 3)],
        conflicts=[Conflict("toll", ConflictKind.COUNT, (1, 3))],
    )
    assert words.standing(reply) == "As of 6 May 2026, 09:30 UTC · 3 reports, 2 independent · 1 disagreement"


def test_an_answer_from_undated_articles_claims_no_date() -> None:
    assert words.standing(answer("?", [claim("x", 1)], [cite(C, "The toll", 1)])) == "From undated articles · 1 report"


def test_a_source_button_says_number_outlet_date_and_verdict() -> None:
    assert words.chip_label(cite(A, "It rose.", 2)) == "Source 2, Meridian Post, 4 May 2026, supported"
    assert words.chip_label(cite(C, "The toll", 1)) == "Source 1, Unknown outlet, undated, supported"


def test_the_speaker_is_named_beside_a_sentence_that_does_not_name_them() -> None:
    assert words.unsaid_speaker(claim("12 died.", 1, said=("the ministry", "said"))) == "the ministry said"
    assert words.unsaid_speaker(claim("The Ministry said 12 died.", 1, said=("the ministry", "said"))) == ""
    assert words.unsaid_speaker(claim("12 died.", 1, certainty=Certainty.ALLEGED)) == ""


def test_the_limits_of_a_question_are_said_in_words() -> None:
    end = datetime(2026, 5, 4, 23, 59, 59, 999999, tzinfo=UTC)
    asked = Question("?", as_of=end, since=datetime(2026, 5, 1, tzinfo=UTC), until=end, outlets=("A", "B"))
    assert words.window(asked) == "as of 4 May 2026, since 1 May 2026, until 4 May 2026, in A, B"
    assert words.window(Question("?")) == ""


def test_each_step_is_said_while_it_is_taken() -> None:
    assert words.doing(Searching("q"), 1204) == "Searching 1,204 articles…"
    assert words.doing(Searching("q")) == "Searching…"
    assert words.doing(Reading(1)) == "Reading 1 passage…"
    assert words.doing(Checking(3)) == "Checking sentence 3 against its sources…"
