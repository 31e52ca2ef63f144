import pytest

from rag.checks import negation


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The bridge was not closed on Monday.", "The bridge was closed on Monday."),
        ("The bridge was closed on Monday.", "The bridge was not closed on Monday."),
        ("The bridge was never closed on a Monday.", "The bridge was closed on a Monday."),
        ("Brandt did not sign the deal with Keller.", "Brandt signed the deal with Keller."),
        ("Brandt signed the deal with Keller.", "Brandt refused to sign the deal with Keller."),
        ("After talks the UN approved the new bridge deal.", "The new bridge deal was never approved by the UN."),
        ("Prices of bread fell in May.", "Prices of bread rose in May."),
        ("The new bridge is unsafe for lorries.", "The new bridge is safe for lorries."),
        ("The court rejected the appeal of the firm.", "The court accepted the appeal of the firm."),
        ("The train became cheaper than the bus.", "The train became more expensive than the bus."),
        ("Trains arrived before the storm hit.", "Trains arrived after the storm hit."),
        ("There is no doubt the firm paid no tax.", "There is no doubt the firm paid tax."),
    ],
)
def test_an_inserted_omitted_or_reversed_negation_is_reported(claim: str, evidence: str) -> None:
    found = negation.check(claim, evidence)
    assert found
    assert all(finding.refutes for finding in found)


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("Brandt has not signed the deal.", "Brandt has not yet signed the deal with Keller."),
        ("Brandt is yet to sign the deal.", "Brandt has not signed the deal."),
        ("The bridge was not only closed but torn down.", "The bridge was closed and torn down."),
        ("The song went to No 1 in March.", "The song went to number one in March."),
        ("The judge will hear the case.", "Nobody at the club wanted to hear of sport."),
        ("No more than five people came.", "At most five people came."),
    ],
)
def test_a_negation_in_other_words_or_about_something_else_passes(claim: str, evidence: str) -> None:
    assert negation.check(claim, evidence) == ()
