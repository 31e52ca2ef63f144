"""Figures that count a part, an average or nothing at all are not compared with those of other reports."""

from __future__ import annotations

import pytest

from rag.facts.disagreement import differences
from rag.facts.figures import facts_of

_TOLL = "The stampede in Brod killed 156 people."


@pytest.mark.parametrize(
    "part",
    [
        "Six school students were among the dead of the stampede in Brod.",
        "The stampede in Brod also killed three teachers.",
        "Another three people were killed in the stampede in Brod.",
        "Three other people died in the stampede in Brod.",
        "An additional 12 people died in the stampede in Brod.",
        "The stampede in Brod killed many people, including at least 13 children.",
        "Of the 156 people killed in the stampede in Brod, 28 died in hospital.",
        "Of those 72 deaths in the stampede in Brod, most were due to crushing.",
        "At least 54 people died in the stampede in Brod alone.",
        "The stampede in Brod killed 19 students and two teachers.",
        "The stampede in Brod is the worst in 12 deaths per 100,000 visitors.",
    ],
)
def test_a_part_of_the_dead_is_no_other_count_of_the_dead(part: str) -> None:
    assert differences(_TOLL, part, "How many people were killed in the stampede in Brod?") == []


@pytest.mark.parametrize(
    "whole",
    [
        "The stampede in Brod killed 159 people.",
        "The stampede in Brod killed 159 people, two more than was reported on Monday.",
        "In all 159 people died in the stampede in Brod, among them three teachers.",
        "The stampede in Brod killed 159 and injured 40.",
    ],
)
def test_a_whole_that_names_a_part_is_another_count(whole: str) -> None:
    (difference,) = differences(_TOLL, whole, "How many people were killed in the stampede in Brod?")
    assert difference.says[0] == "156"
    assert "159" in difference.says[1]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Covid-19 infections filled 40 wards.", [40]),
        ("In K-12 schools 40 books were banned.", [40]),
        ("The maker recalled 300 Model 3 vehicles.", [300]),
        ("The team lost Game 6 before 20,000 spectators.", [20_000]),
        ("In Nesse 140 cellars were flooded.", [140]),
        ("Most of the 18 dead were people over 65.", [18]),
        ("Two dozen children, some as young as 11, were killed.", [24]),
        ("Of residents 16 and older, 40 were ill.", [40]),
        ("The county had 331 deaths per 100,000 people.", []),
        ("A man in his 30s and a woman in her mid-40s died.", []),
        ("More than 65 people died.", [65]),
        ("The quake killed over 65 people.", [65]),
    ],
)
def test_ages_rates_and_numbers_in_names_count_nothing(text: str, values: list[float]) -> None:
    assert [fact.amount.value for fact in facts_of(text)] == values


@pytest.mark.parametrize(
    ("text", "is_change"),
    [
        ("They have reduced the price of petrol by about 40 cents.", True),
        ("The share of the vaccinated increased just two percent.", True),
        ("The price rose to about 40 cents.", False),
        ("The price stood at about 40 cents.", False),
    ],
)
def test_a_limit_between_the_verb_and_the_amount_does_not_hide_a_change(text: str, *, is_change: bool) -> None:
    (fact,) = facts_of(text)
    assert fact.is_change is is_change


def test_an_average_is_not_compared_with_a_single_figure() -> None:
    usual = "The park in Nesse averages 15,000 visitors a day."
    assert differences(usual, "The park in Nesse had 22,000 visitors a day.", "How many visitors has the park?") == []
    other = "The park in Nesse averages 22,000 visitors a day."
    assert differences(usual, other, "How many visitors has the park?")


def test_sets_of_documents_are_not_documents() -> None:
    one, other = "They removed 11 sets of secret documents.", "They removed 320 secret documents."
    assert differences(one, other, "How many secret documents did they remove?") == []
