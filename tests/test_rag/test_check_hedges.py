import pytest

from rag.checks import hedges


@pytest.mark.parametrize(
    ("claim", "evidence", "word"),
    [
        ("The council will close the bridge.", "The council may close the bridge.", "may"),
        ("He stole the car from a garage.", "He allegedly stole the car from a garage.", "allegedly"),
        ("The bridge is unsafe for lorries.", "The bridge is possibly unsafe for lorries.", "possibly"),
        ("The rate will fall in June.", "The rate is expected to fall in June.", "is expected"),
        ("The thief left by the roof.", "The suspected thief left by the roof.", "suspected"),
        ("The cracked hanger caused the collapse of the old bridge.",
         "Engineers found that the cracked hanger could have caused the collapse of the old bridge.", "could"),
    ],
)  # fmt: skip
def test_a_missing_hedge_is_reported_and_quoted(claim: str, evidence: str, word: str) -> None:
    assert [f'"{word}"' in finding.reason for finding in hedges.check(claim, evidence)] == [True]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The council might close the bridge.", "The council may close the bridge."),
        ("Possibly the council will close the bridge.", "The council will possibly close the bridge."),
        ("The council will close the bridge.", "The council will close the bridge, which may cost millions."),
        ("The bridge was closed in May.", "The bridge was closed in May."),
        ("The council may close the bridge.", "The council will close the bridge."),
        ("Isis claims it held the refinery.", "Isis claimed it held the refinery."),
    ],
)
def test_a_hedge_that_is_kept_or_governs_something_else_passes(claim: str, evidence: str) -> None:
    assert hedges.check(claim, evidence) == ()


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The mayor said she will find no such letters.", "The mayor said she could find no such letters."),
        ("The court ruled that rents must rise by 4 percent.", "The court ruled that rents may rise by 4 percent."),
    ],
)
def test_a_firm_modal_verb_in_place_of_an_open_one_is_found_whatever_its_sense(claim: str, evidence: str) -> None:
    assert hedges.check(claim, evidence)


def test_modal_verbs_of_another_sentence_part_replace_nothing() -> None:
    assert not hedges.check(
        "The dam will close in May.", "The dam will close in May, and boats may pass it until then."
    )
