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
def test_a_claim_cut_short_where_the_evidence_continues_is_reported(broken: str) -> None:
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
def test_a_claim_that_ends_with_a_clause_or_a_full_stop_is_complete(whole: str) -> None:
    assert form.check(whole, EVIDENCE) == ()


@pytest.mark.parametrize(
    "talk",
    [
        "The passage says that the plan applies to borrowers.",
        "The second passage mentions a new single.",
        "Based on the provided context, the plan applies to borrowers.",
    ],
)
def test_a_claim_about_the_passages_themselves_is_reported(talk: str) -> None:
    (finding,) = form.check(talk, EVIDENCE)
    assert "talks about the source text" in finding.reason


def test_the_word_passage_passes_where_the_evidence_uses_it_too() -> None:
    assert form.check("Two ships cleared the passage.", "Two ships cleared the passage on Monday.") == ()
