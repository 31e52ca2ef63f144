from datetime import date, timedelta

import pytest

from rag.checks import dates

WEDNESDAY = date(2026, 5, 6)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It opened on 4 May 2022.", "It opened on May 4, 2022."),
        ("It opened in May.", "It opened on May 4."),
        ("It opened on the 4th of May.", "It opened on 4 May."),
        ("It opened on Tuesday.", "On Tuesday it opened."),
        ("It began in the 1990s.", "It began in 1994."),
        ("It opened last week.", "The past week saw it open."),
        ("They may march again.", "They might walk in June."),
        ("Theresa May resigned.", "Theresa May has resigned."),
        ("it opened on april 8.", "It opened on April 8."),
    ],
)
def test_the_same_time_in_another_form_passes(claim: str, evidence: str) -> None:
    assert dates.check(claim, evidence) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "says"),
    [
        ("It opened on Tuesday.", "It opened on Friday.", "it says Friday"),
        ("It opened on May 9.", "It opened on May 4.", "it says May 4"),
        ("It opened on May 9.", "It opened in May.", "it says May"),
        ("It opened in 2021.", "It opened in 2022.", "it says 2022"),
        ("It opened in June.", "It opened on May 4.", "it says May 4"),
        ("It opened last month.", "It opened last week.", "it says last week"),
        ("It opened on Tuesday.", "It opened.", "is not in the evidence"),
    ],
)
def test_a_time_missing_from_the_evidence_is_reported(claim: str, evidence: str, says: str) -> None:
    assert [says in finding.reason for finding in dates.check(claim, evidence)] == [True]


def test_two_exchanged_days_are_reported_although_both_are_in_the_evidence() -> None:
    evidence = "The vote was held on Friday after the talks had opened on Monday in Zelin."
    claim = "The vote was held on Monday after the talks had opened on Friday in Zelin."
    assert any("the evidence says Friday here, not Monday" in f.reason for f in dates.check(claim, evidence))


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It opened on 5 May.", "It opened on Tuesday."),
        ("It opened on 5 May 2026.", "It opened on Tuesday."),
        ("It opened on Tuesday.", "It opened on 5 May."),
        ("It opened on Wednesday.", "It opened on Wednesday, Brandt said."),
        ("It opened on 6 May.", "It opened on Wednesday, Brandt said."),
        ("It opened on 29 April.", "It opened last Wednesday."),
        ("It opened on 5 May.", "It opened yesterday."),
        ("It opened on 5 May 2026.", "It opened on 5 May."),
        ("It opened in May.", "It opened on Tuesday."),
        ("It will open on 12 May.", "It will open on Tuesday."),
        ("It will open on 12 May.", "On Tuesday it is due to open."),
        ("It opened on 30 December 2025.", "It opened on 30 December."),
    ],
)
def test_a_weekday_is_resolved_by_the_day_of_publication(claim: str, evidence: str) -> None:
    assert dates.check(claim, evidence, WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "says"),
    [
        ("It opened on 4 May.", "It opened on Tuesday.", "it says Tuesday, Tuesday 5 May 2026"),
        ("It opened on 12 May.", "It opened on Tuesday.", "it says Tuesday, Tuesday 5 May 2026"),
        ("It opened on 12 May.", "Brandt said on Tuesday it would close.", "it says Tuesday, Tuesday 5 May 2026"),
        ("It will open on 5 May.", "It will open on Tuesday.", "it says Tuesday, Tuesday 12 May 2026"),
        ("It opened on Monday.", "It opened on 5 May.", "it says 5 May, Tuesday 5 May 2026"),
        ("It opened on Monday.", "It opened on Tuesday after it had closed on 4 May.", "it says Tuesday"),
        ("It opened on 5 May 2025.", "It opened on Tuesday.", "it says Tuesday"),
    ],
)
def test_a_date_that_is_not_the_day_of_the_weekday_is_refuted(claim: str, evidence: str, says: str) -> None:
    found = dates.check(claim, evidence, WEDNESDAY)
    assert found
    assert found[0].refutes
    assert says in found[0].reason


def test_only_the_day_that_a_weekday_means_passes() -> None:
    for shift in range(-20, 21):
        day = WEDNESDAY + timedelta(shift)
        claim = f"The Lindow Bridge in Kolm fell on {day.day} {day:%B}."
        for name, meant in (("Tuesday", date(2026, 5, 5)), ("Thursday", date(2026, 4, 30)), ("Wednesday", WEDNESDAY)):
            found = dates.check(claim, f"The Lindow Bridge in Kolm fell on {name}.", WEDNESDAY)
            assert (found == ()) == (day == meant), (claim, name)


def test_without_a_day_of_publication_a_weekday_neither_supports_nor_refutes_a_date() -> None:
    for claim, evidence in (
        ("It opened on 5 May.", "It opened on Tuesday."),
        ("It opened on Tuesday.", "It opened on 5 May."),
    ):
        assert [finding.refutes for finding in dates.check(claim, evidence)] == [False]


def test_a_full_date_in_the_evidence_resolves_its_weekdays() -> None:
    evidence = "ZELIN, 6 May 2026. The bridge fell on Tuesday."
    assert dates.check("The bridge fell on 5 May 2026.", evidence) == ()
    assert dates.check("The bridge fell on 4 May 2026.", evidence)


def test_an_exchanged_date_and_weekday_are_reported() -> None:
    evidence = "The vote was held on Tuesday after the talks had opened on 1 May in Zelin."
    claim = "The vote was held on 1 May after the talks had opened on 5 May in Zelin."
    assert any("here, not 1 May" in f.reason for f in dates.check(claim, evidence, WEDNESDAY))
