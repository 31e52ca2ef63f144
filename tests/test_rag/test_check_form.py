from __future__ import annotations

import pytest

from rag.checks import form

EVIDENCE = (
    "The plan applies to federal student loan borrowers. They are dropping a new single on Friday, titled Edging, "
    "and tour tickets go on sale in October."
)


@pytest.mark.parametrize(
    "broken",
    ["The plan applies to federal student loan", "They are dropping a new single on", "The new single"],
)
def test_a_claim_that_breaks_off_where_the_evidence_goes_on_is_flagged(broken: str) -> None:
    assert [f.check for f in form.check(broken, EVIDENCE)] == ["form"]


@pytest.mark.parametrize(
    "whole",
    [
        "The plan applies to federal student loan borrowers",
        "They are dropping a new single on Friday",
        "They are dropping a new single on Friday.",
        "The plan applies to borrowers with federal loans",
        "They are dropping a new single.",
    ],
)
def test_a_claim_that_ends_where_a_clause_ends_or_with_a_stop_is_whole(whole: str) -> None:
    assert form.check(whole, EVIDENCE) == ()


@pytest.mark.parametrize(
    "talk",
    [
        "The passage says that the plan applies to borrowers.",
        "The second passage mentions a new single.",
        "Based on the provided context, the plan applies to borrowers.",
    ],
)
def test_talk_about_the_passages_is_no_report_of_the_news(talk: str) -> None:
    (finding,) = form.check(talk, EVIDENCE)
    assert "talks about the source text" in finding.reason


def test_a_passage_the_news_itself_speaks_of_is_news() -> None:
    assert form.check("Two ships cleared the passage.", "Two ships cleared the passage on Monday.") == ()
