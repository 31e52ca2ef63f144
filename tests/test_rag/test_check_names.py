import pytest

from rag.checks import names


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Mr Brandt resigned.", "Anna Brandt resigned."),
        ("Anna Brandt resigned.", "The chair, Brandt, resigned."),
        ("Brandt's party lost.", "The party of Anna Brandt lost."),
        ("Hwang Dong-hyuk confirmed it.", "Hwang confirmed it."),
        ("The WHO agreed.", "The World Health Organization agreed."),
        ("The World Health Organization agreed.", "The WHO agreed."),
        ("The U.S. agreed.", "America agreed."),
        ("The United States agreed.", "American ministers agreed."),
        ("America agreed.", "The United States agreed."),
        ("The United Kingdom agreed.", "British ministers agreed."),
        ("Russian forces left.", "Russia's forces left."),
        ("British ships left.", "UK ships left."),
        ("Zelensky spoke.", "Zelenskyy spoke."),
        ("Rescuers found him.", "He was found by the crew."),
        ("However, nobody came.", "Nobody came."),
        ("On Monday the President spoke.", "The president spoke on Monday."),
        ("Čapková-Åström agreed.", "Capkova-Astrom agreed."),
    ],
)
def test_a_name_in_another_form_passes(claim: str, evidence: str) -> None:
    assert names.check(claim, evidence) == ()


@pytest.mark.parametrize(
    ("claim", "evidence", "missing"),
    [
        ("Keller resigned.", "Brandt resigned.", "Keller"),
        ("Ms Keller resigned.", "Anna Brandt resigned.", "Keller"),
        ("Anna Keller resigned.", "Anna Brandt resigned.", "Keller"),
        ("Voters in New Jersey agreed.", "Voters in New York agreed.", "New Jersey"),
        ("The United States agreed.", "The United Nations agreed.", "United States"),
        ("The talks were in Moscow.", "The talks were in Kyiv.", "Moscow"),
        ("Moscow agreed.", "Kyiv agreed.", "Moscow"),
        ("The Bank of Norway agreed.", "The Bank of Finland agreed.", "Bank of Norway"),
        ("Chuck Brandt Gallego agreed.", "Senator Chuck Brandt agreed.", "Gallego"),
    ],
)
def test_a_name_missing_from_the_evidence_is_reported(claim: str, evidence: str, missing: str) -> None:
    assert [missing in finding.reason for finding in names.check(claim, evidence)] == [True]


def test_two_exchanged_names_are_reported_although_both_are_in_the_evidence() -> None:
    evidence = "On Monday the army of Tervania crossed the border of Koravia near Nesse."
    claim = "On Monday the army of Koravia crossed the border of Koravia near Nesse."
    assert [f.reason for f in names.check(claim, evidence)] == ["the evidence says Tervania here, not Koravia"]


def test_the_finding_gives_the_name_that_the_evidence_has_in_that_place() -> None:
    found = names.check("The mayor of Skalden said no.", "The mayor of Kolm said no.")
    assert [(f.reason, f.refutes) for f in found] == [("name Skalden is not in the evidence (it says Kolm)", True)]
