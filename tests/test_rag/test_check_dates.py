import pytest

from rag.checks import dates


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
def test_the_same_time_in_another_form_has_nothing_against_it(claim: str, evidence: str) -> None:
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
def test_a_time_the_evidence_does_not_give_is_found(claim: str, evidence: str, says: str) -> None:
    assert [says in finding.reason for finding in dates.check(claim, evidence)] == [True]


def test_two_days_exchanged_are_found_although_both_are_in_the_evidence() -> None:
    evidence = "The vote was held on Friday after the talks had opened on Monday in Zelin."
    claim = "The vote was held on Monday after the talks had opened on Friday in Zelin."
    assert any("the evidence says Friday here, not Monday" in f.reason for f in dates.check(claim, evidence))
