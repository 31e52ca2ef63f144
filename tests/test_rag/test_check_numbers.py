import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.checks import numbers


def reasons(claim: str, evidence: str) -> list[str]:
    return [finding.reason for finding in numbers.check(claim, evidence)]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("17 people died.", "Seventeen people died."),
        ("Some 1,200 men left.", "About 1200 men left."),
        ("1.2 thousand men left.", "1,200 men left."),
        ("The deal is worth $3.5bn.", "The deal is worth 3.5 billion dollars."),
        ("Half of voters agreed.", "50 percent of voters agreed."),
        ("50 % of voters agreed.", "50 per cent of voters agreed."),
        ("A third of voters agreed.", "One in three voters agreed."),
        ("Two-thirds of voters agreed.", "2/3 is 66.7 percent of voters, it said, two-thirds in all, who agreed."),
        ("A million people fled.", "1,000,000 people fled."),
        ("Half a million people fled.", "500,000 people fled."),
        ("At least 17 people died.", "17 people died."),
        ("More than 15 people died.", "17 people died."),
        ("Dozens of people died.", "47 people died."),
        ("About 100 people came.", "Police counted 98 people."),
        ("1.2 million people voted.", "1,234,567 people voted."),
        ("The 17th attempt failed.", "The seventeenth attempt failed."),
        ("It opens at 5 p.m.", "It opens at 5 pm."),
        ("Two hundred and fifty men left.", "250 men left."),
        ("Two men were held.", "Aske and Brandt were held."),
        ("It costs between 60 and 80 million crowns.", "It costs between 60 million and 80 million crowns."),
        ("It costs $5 to 7 million.", "It costs between $5 million and $7 million."),
        ("It rose from 5 to 7 percent.", "It rose from 5 percent to 7 percent."),
    ],
)
def test_an_amount_in_another_form_passes(claim: str, evidence: str) -> None:
    assert reasons(claim, evidence) == []


@pytest.mark.parametrize(
    ("claim", "evidence", "words"),
    [
        ("17 people died.", "71 people died.", "number 17 is not in the evidence (it says 71)"),
        ("17 people died.", "At least 17 people died.", "at least 17"),
        ("17 people died.", "Up to 17 people died.", "at most 17"),
        ("17 people died.", "More than 17 people died.", "more than 17"),
        ("24 people died.", "Dozens of people died.", "dozens"),
        ("10 percent agreed.", "Between 10 to 15 percent agreed.", "10"),
        ("More than 17 people died.", "17 people died.", "more than 17"),
        ("17 percent of people died.", "17 people died.", "17 percent"),
        ("It cost 5 million dollars.", "It cost 5 billion dollars.", "5 billion"),
        ("A third of voters agreed.", "A quarter of voters agreed.", "a quarter"),
        ("The third attempt failed.", "The fourth attempt failed.", "fourth"),
        ("17 people were hurt.", "17 people died and 71 were hurt.", "17"),
        ("Three people died.", "Nobody died.", "Three"),
        ("It costs between 60 and 80 million crowns.", "It costs between 60 and 80 crowns.", "60"),
        ("It costs between 50 and 80 million crowns.", "It costs between 60 million and 80 million crowns.", "50"),
    ],
)
def test_an_amount_missing_from_the_evidence_is_reported_with_the_amount_it_gives(
    claim: str, evidence: str, words: str
) -> None:
    assert words.lower() in " ".join(reasons(claim, evidence)).lower()


def test_an_amount_that_the_evidence_gives_for_something_else_is_reported() -> None:
    evidence = "The ministry counted 17 dead in Kolm on Monday and 71 dead in Skalden."
    claim = "The ministry counted 71 dead in Kolm on Monday and 71 dead in Skalden."
    assert [f.refutes for f in numbers.check(claim, evidence)] == [True]


def test_years_and_days_of_the_month_are_left_to_the_check_of_dates() -> None:
    assert reasons("It opened on 4 May 2021.", "It opened.") == []


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 10**9))
def test_thousands_separators_do_not_change_an_amount(value: int) -> None:
    assert reasons(f"The count was {value:,} votes.", f"The count was {value} votes.") == []


@settings(max_examples=60, deadline=None)
@given(st.integers(2101, 10**7), st.integers(2101, 10**7))
@example(1_000_001, 1_000_000)
def test_two_different_whole_numbers_are_never_taken_as_equal(said: int, given_: int) -> None:
    if said != given_ and float(f"{given_:.{len(str(said).strip('0'))}g}") != said:
        assert reasons(f"The count was {said} votes.", f"The count was {given_} votes.")
