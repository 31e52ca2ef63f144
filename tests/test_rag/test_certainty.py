import json
from pathlib import Path

import pytest

from rag.attribution import find_attribution
from rag.certainty import certainty_of, is_forecast
from rag.types import Attribution, Certainty

STATEMENTS = Path(__file__).parents[2] / "evals" / "golden" / "statements.jsonl"


@pytest.mark.parametrize(
    ("sentence", "certainty"),
    [
        ("The bridge is closed.", Certainty.STATED),
        ("The ministry said the bridge is closed.", Certainty.STATED),
        ("The bridge opened in May.", Certainty.STATED),
        ("Theresa May opened the bridge.", Certainty.STATED),
        ("He could not see the bridge.", Certainty.STATED),
        ("He could walk to the bridge.", Certainty.STATED),
        ("The bridge will probably open.", Certainty.LIKELY),
        ("The bridge is expected to open.", Certainty.LIKELY),
        ("The bridge may open.", Certainty.POSSIBLE),
        ("Perhaps the bridge opens.", Certainty.POSSIBLE),
        ("The bridge could have fallen.", Certainty.POSSIBLE),
        ("He allegedly closed the bridge.", Certainty.ALLEGED),
        ("He is accused of closing the bridge.", Certainty.ALLEGED),
        ("Police claimed that he may have closed it.", Certainty.ALLEGED),
        ("The ministry denied that the bridge was closed.", Certainty.DENIED),
        ("The ministry rejected claims that the bridge was closed.", Certainty.DENIED),
        ("The council rejected the plan.", Certainty.STATED),
    ],
)
def test_certainty_is_read_from_the_words_of_the_sentence(sentence: str, certainty: Certainty) -> None:
    assert certainty_of(sentence) is certainty


def test_a_denying_verb_of_the_sentence_before_counts() -> None:
    assert certainty_of("“The bridge is open.”", Attribution("Brandt", "denied")) is Certainty.DENIED
    assert certainty_of("“The bridge is open.”", Attribution("Brandt", "claimed")) is Certainty.ALLEGED


def test_what_is_to_come_is_a_forecast_and_what_was_is_none() -> None:
    assert is_forecast("The rate will fall in June.")
    assert is_forecast("The rate is expected to fall.")
    assert not is_forecast("The rate fell in June.")


def test_at_least_95_percent_of_the_labelled_statements_keep_their_certainty() -> None:
    rows = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    kept = sum(certainty_of(r["quote"], find_attribution(r["quote"], r["context"])) == r["certainty"] for r in rows)
    assert len(rows) >= 150
    assert kept / len(rows) >= 0.95


def test_at_least_95_percent_of_what_the_source_limits_is_not_hardened() -> None:
    rows = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    limited = [r for r in rows if r["certainty"] != "stated"]
    hardened = sum(certainty_of(r["quote"], find_attribution(r["quote"], r["context"])) == "stated" for r in limited)
    assert hardened / len(limited) <= 0.05
