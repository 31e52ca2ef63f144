"""False positives of the checks that are fixed, by cause. They were found in claims labelled by people."""

from __future__ import annotations

import pytest

from rag.checks import run
from rag.checks.dates import check as check_dates
from rag.checks.hedges import check as check_hedges
from rag.checks.names import check as check_names
from rag.checks.negation import check as check_negation
from rag.checks.numbers import check as check_numbers
from rag.checks.quotes import check as check_quotes


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Stoicism shaped the law of Rome.", "The Stoic view shaped the law of Rome."),
        ("It is measured by the cardiothoracic ratio (CTR).", "It is measured by the cardiothoracic ratio."),
        ("He won the 6th Iberoamerican cup in Bilbao.", "He won the 6th Ibero-American cup in Bilbao."),
        ("The group owns Impulse Records and Decca.", "The group owns Impulse (John Odde) and Decca. Records sell."),
    ],
)  # fmt: skip
def test_another_spelling_or_form_of_a_name_passes(claim: str, evidence: str) -> None:
    assert check_names(claim, evidence) == ()


def test_an_abbreviation_of_words_missing_from_the_evidence_is_reported() -> None:
    assert check_names("He leads the Grand Tour Union (GTU).", "He leads a union.")


def test_yet_to_counts_as_a_negation() -> None:
    evidence = "Terry has yet to make up his mind whether to retire from playing."
    assert check_negation("Terry has not made up his mind whether to retire from playing.", evidence) == ()


def test_a_refusal_supports_a_negation_in_other_words() -> None:
    evidence = "Richards was told by hotel staff to leave but refused, police said."
    assert check_negation("Richards did not leave when hotel staff told her to.", evidence) == ()


def test_an_opinion_reported_as_said_by_its_holder_passes() -> None:
    evidence = "The coach believes Odde needs to get experience of his own."
    assert check_hedges("The coach says Odde needs to get experience of his own.", evidence) == ()
    assert check_hedges("Odde needs to get experience of his own.", evidence)


def test_a_hedge_kept_in_another_phrase_passes() -> None:
    evidence = "The court must see evidence that they are at risk of significant harm at home."
    assert check_hedges("The court must see the risk of significant harm at home.", evidence) == ()


@pytest.mark.parametrize("claim", ["1. Choose a location for the stall.", "2) Choose a location for the stall."])
def test_a_list_marker_is_not_an_amount(claim: str) -> None:
    assert check_numbers(claim, "Choose a location for the stall.") == ()


def test_number_one_is_a_rank_in_upper_and_lower_case() -> None:
    assert check_numbers("british no 1 went down in 88 minutes.", "The British No 1 went down in 88 minutes.") == ()
    assert check_numbers("british no 2 went down in 88 minutes.", "The British No 1 went down in 88 minutes.")


def test_a_month_in_lower_case_is_recognised_in_text_without_capitals() -> None:
    assert check_dates("he said so in march.", "in a march poll he said so.") == ()
    assert check_dates("He said so in March.", "On their march he said so.")


def test_a_quotation_that_opens_again_in_each_paragraph_is_recognised() -> None:
    evidence = 'Sgt Barr said: "The fire was put out quickly.\n"This was a nasty and dangerous thing to do."'
    assert check_quotes('It was a "nasty and dangerous thing to do", said Barr.', evidence) == ()


def test_text_without_capitals_is_split_into_sentences() -> None:
    evidence = "a car hit the wall. three people died, police said. the road is shut, the mayor said."
    assert run("three people died, police said.", evidence) == ()
