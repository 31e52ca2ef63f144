import json
from pathlib import Path

import pytest

from rag.attribution import find_attribution, reported_part
from rag.types import Attribution

STATEMENTS = Path(__file__).parents[2] / "evals" / "golden" / "statements.jsonl"


@pytest.mark.parametrize(
    ("sentence", "speaker", "verb"),
    [
        ("The ministry said the bridge was closed.", "The ministry", "said"),
        ("According to the mayor, the bridge is closed.", "the mayor", "according to"),
        ("The bridge is closed, according to Anna Brandt, the mayor.", "Anna Brandt", "according to"),
        ("Anna Brandt told Reuters that the bridge was closed.", "Anna Brandt", "told"),
        ("“The bridge is closed,” said Anna Brandt, the mayor of Hal.", "Anna Brandt", "said"),
        ("The bridge is closed, said Brandt.", "Brandt", "said"),
        ("Brandt was quoted as saying the bridge was closed.", "Brandt", "was quoted as saying"),
        ("Officials say 17 people died.", "Officials", "say"),
        ("Anna Brandt, the mayor, said the bridge was closed.", "Anna Brandt", "said"),
        ("Anna Brandt, who runs the town, said the bridge was closed.", "Anna Brandt", "said"),
        ("The mayor, Anna Brandt, said the bridge was closed.", "The mayor, Anna Brandt", "said"),
        ("But on Monday the defence ministry said the bridge was closed.", "the defence ministry", "said"),
        ("Brandt rejected the plan and said it was unsafe.", "Brandt", "said"),
        ("The firm broke the rules, saying it had no choice.", "The firm", "saying"),
        ("Police allege that he stole the car.", "Police", "allege"),
        ("Russia denies planning to enter Ukraine.", "Russia", "denies"),
        ("He denies any part in the theft, his lawyer said on Wednesday.", "his lawyer", "said"),
        ("More homes went dark than the firm admitted, according to the mayors.", "the mayors", "according to"),
        ("We do not know what will come - says the patient Katerina.", "the patient Katerina", "says"),
        ('Anna Brandt: "The bridge is closed."', "Anna Brandt", "said"),
    ],
)
def test_speaker_and_verb_are_given_in_the_words_of_the_source(sentence: str, speaker: str, verb: str) -> None:
    assert find_attribution(sentence) == Attribution(speaker, verb)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was closed on Monday.",
        "The company did not say when.",
        "The suspect was told to leave.",
        "The bridge is said to be closed.",
        "It opens later than the date that he announced in March.",
        "He left the United States in May.",
        "Today it is Ukraine, tomorrow the Baltic states.",
        "He was shown what they called a map.",
    ],
)
def test_a_sentence_that_speaks_for_itself_has_no_speaker(sentence: str) -> None:
    assert find_attribution(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "before", "speaker"),
    [
        ("“We will reopen it.”", "“The bridge is closed,” Brandt said.", "Brandt"),
        ("It will reopen in May.”", "Brandt said: “The bridge is closed.", "Brandt"),
        ("He said it was closed.", "The mayor, Anna Brandt, told reporters she was tired.", "The mayor, Anna Brandt"),
        ("He said it was closed.", "The bridge is old.", "He"),
    ],
)
def test_a_quotation_that_runs_on_and_a_pronoun_keep_the_speaker_before(
    sentence: str, before: str, speaker: str
) -> None:
    found = find_attribution(sentence, before)
    assert found is not None
    assert found.speaker == speaker


def test_a_plain_sentence_after_an_attributed_one_is_not_given_its_speaker() -> None:
    assert find_attribution("The bridge was built in 1965.", "“It is closed,” Brandt said.") is None


def test_only_the_reported_part_of_a_sentence_is_the_speakers() -> None:
    sentence = "The bridge shut on Monday after the mayor said it was unsafe."
    assert "it was unsafe" in reported_part(sentence)
    assert "shut on Monday" not in reported_part(sentence)


def test_at_least_95_percent_of_the_labelled_statements_keep_their_speaker() -> None:
    """The labels are hand-made (evals/golden/README.md); a speaker counts as kept where its head words are."""
    rows = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    kept = sum(_is_kept(row) for row in rows)
    assert len(rows) >= 150
    assert kept / len(rows) >= 0.95


def _is_kept(row: dict[str, str | None]) -> bool:
    found = find_attribution(str(row["quote"]), str(row["context"]))
    if found is None or row["speaker"] is None:
        return found is None and row["speaker"] is None
    ours, theirs = found.speaker.lower(), row["speaker"].lower()
    return ours.removeprefix("the ") in theirs or theirs.removeprefix("the ") in ours
