"""Whom or what a figure counts, and whether it is a change, where several words could say so."""

import pytest

from rag.facts.disagreement import differences
from rag.facts.figures import facts_of
from rag.question.target import is_asked


def counted(text: str) -> list[tuple[str, str]]:
    return [(fact.amount.text, " ".join(sorted(fact.counts))) for fact in facts_of(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Three patients have died of the fever.", [("Three", "killed")]),
        ("Thirty cases of cholera were confirmed.", [("Thirty", "ill")]),
        ("Forty patients lay in the corridor.", [("Forty", "ill")]),
        ("Three arrested men died in custody.", [("Three", "killed")]),
        ("Three men were arrested after the march.", [("Three", "arrested")]),
        ("Twenty protesters were arrested in Brod.", [("Twenty", "arrested")]),
        ("Two thousand protesters filled the square.", [("Two thousand", "marching")]),
        ("A man who killed three people was arrested.", [("three", "killed")]),
        ("Police arrested 12 people after three were killed.", [("12", "arrested"), ("three", "killed")]),
        ("The blast killed at least four and injured 20.", [("four", "killed"), ("20", "injured")]),
        ("The blast left 12 dead and 40 wounded.", [("12", "killed"), ("40", "injured")]),
        ("The toll of the fever, which has made 140 people ill, rose to nine.", [("140", "ill"), ("nine", "killed")]),
        ("212 people ill, 19 in hospital", [("212", "ill"), ("19", "hospital")]),
        ("The flood killed nine, 19 in hospital", [("nine", "killed"), ("19", "hospital")]),
        ("The number of people injured in the fire rose to 40.", [("40", "injured")]),
    ],
)
def test_what_became_of_people_counts_before_the_word_that_describes_them(
    text: str, figures: list[tuple[str, str]]
) -> None:
    assert counted(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Two of the dead were children.", [("Two", "")]),
        ("Three of the victims came from Kolm.", [("Three", "")]),
        ("Five of those injured have died.", [("Five", "killed")]),
        ("Two of the people who were killed were nurses.", [("Two", "")]),
        ("Nine of the 140 patients have died.", [("Nine", "killed"), ("140", "ill")]),
        ("14 of the company's 20 ferries are in the harbour.", [("14", "ferry"), ("20", "")]),
        ("Four of the bridges were closed.", [("Four", "bridge")]),
    ],
)
def test_a_part_of_a_whole_counts_only_what_is_said_of_that_part(text: str, figures: list[tuple[str, str]]) -> None:
    assert counted(text) == figures


def test_a_sum_of_money_counts_no_people() -> None:
    assert counted("The bill for the injured fell to 3 million crowns.") == [("3 million", "cost")]
    assert counted("The injured get 3 million crowns.") == [("3 million", "")]


@pytest.mark.parametrize(
    ("text", "is_change"),
    [
        ("Turnout fell 12 percent.", True),
        ("Prices rose 4 percent last year.", True),
        ("The fee fell by 20 crowns.", True),
        ("A fall of 12 percent was recorded.", True),
        ("The bakery announced a 63-cent increase.", True),
        ("Fifty-two people fell ill after the dinner.", False),
        ("Three workers fell from the roof.", False),
        ("Each year 40 people fall ill with it.", False),
        ("Turnout was 48 percent.", False),
    ],
)
def test_only_a_rise_or_fall_of_the_amount_itself_is_a_change(text: str, is_change: bool) -> None:
    (fact,) = facts_of(text)
    assert fact.is_change is is_change


@pytest.mark.parametrize(
    ("text", "is_left", "is_expected"),
    [
        ("Fourteen ferries are standing still.", False, False),
        ("Fourteen ferries are still in the harbour.", True, False),
        ("The bridge will cost 90 million crowns.", False, False),
        ("The bridge could cost 90 million crowns.", False, True),
        ("Fifteen people could be killed.", False, True),
        ("The flood killed 15 people and may rise again.", False, False),
        ("The fund will pay 90 million crowns.", False, True),
    ],
)
def test_a_remainder_and_a_forecast_are_told_from_standing_still_and_a_price(
    text: str,
    is_left: bool,
    is_expected: bool,
) -> None:
    (fact,) = facts_of(text)
    assert (fact.is_left, fact.is_expected) == (is_left, is_expected)


def test_a_share_after_at_is_no_age() -> None:
    assert [fact.amount.text for fact in facts_of("Support for the tunnel is at 53 percent.")] == ["53 percent"]
    assert facts_of("The painter died at 53.") == ()


def test_a_question_about_patients_who_died_asks_for_the_dead_only() -> None:
    ill, dead = "How many patients are there in Brenn?", "How many patients died of the fever in Brenn?"
    (difference,) = differences("In Brenn 12 are ill with the fever.", "In Brenn 31 are ill with the fever.")
    assert is_asked(difference, ill)
    assert not is_asked(difference, dead)
