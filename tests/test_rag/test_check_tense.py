from __future__ import annotations

import pytest

from rag.checks import tense


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("It is the first time they have met since 2015.", "It is the first time they will meet since 2015."),
        ("The bridge in Kolm reopened to traffic on Monday.", "The bridge in Kolm will reopen to traffic on Monday."),
        ("The council will close the school on Monday.", "The council closed the school on Monday."),
        ("The minister has signed the treaty in Varn.", "The minister will sign the treaty in Varn."),
    ],
)  # fmt: skip
def test_a_future_event_told_as_past_or_the_reverse_is_reported(claim: str, evidence: str) -> None:
    assert [(f.check, f.refutes) for f in tense.check(claim, evidence)] == [("tense", True)]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Talks begin in Varn on Monday.", "Talks will begin in Varn on Monday."),
        ("The council is to close the school on Monday.", "The council will close the school on Monday."),
        ("The council said it will close the school.", "The council said it would close the school."),
        ("The council closed the school on Monday.", "The council has closed the school on Monday."),
        ("The mayor has said the bridge will reopen.", "The mayor said the bridge will reopen."),
    ],
)
def test_a_plan_told_as_a_plan_and_a_fact_told_as_a_fact_pass(claim: str, evidence: str) -> None:
    assert tense.check(claim, evidence) == ()
