import json
from pathlib import Path

import pytest

from rag.stance.attribution import find_attribution, reported_part
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
def test_a_sentence_that_reports_nobody_has_no_speaker(sentence: str) -> None:
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
def test_continued_quotations_and_pronouns_take_the_speaker_of_the_sentence_before(
    sentence: str, before: str, speaker: str
) -> None:
    found = find_attribution(sentence, before)
    assert found is not None
    assert found.speaker == speaker


def test_a_plain_sentence_does_not_inherit_the_speaker_of_the_sentence_before() -> None:
    assert find_attribution("The bridge was built in 1965.", "“It is closed,” Brandt said.") is None


def test_only_the_reported_part_of_a_sentence_is_attributed() -> None:
    sentence = "The bridge shut on Monday after the mayor said it was unsafe."
    assert "it was unsafe" in reported_part(sentence)
    assert "shut on Monday" not in reported_part(sentence)


def test_at_least_95_percent_of_labelled_statements_get_the_right_speaker() -> None:
    """The labels are hand-made (evals/golden/README.md); a speaker is right if its head words match."""
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


@pytest.mark.parametrize(
    ("sentence", "speaker", "verb"),
    [
        ("In the run-up to the vote, the bank warned of losses and said it would close.", "the bank", "warned"),
        ("Many leaders have refused to answer and have accused the bank of theft.", "Many leaders", "accused"),
        ("The town council on 26 August 2022 accused the bank of theft.", "The town council", "accused"),
        ("Anna Brandt, the mayor, has vowed to stay.", "Anna Brandt", "vowed"),
        ("Brandt advised that the bridge be closed.", "Brandt", "advised"),
        ("Brandt underlined their shared past, calling them “one people”.", "Brandt", "underlined"),
        ("It is closed - assured Brandt.", "Brandt", "assured"),
        ("“It is closed,” announced on Friday the mayor of Hal.", "the mayor of Hal", "announced"),
        ("As the ministry notes, the bridge is closed.", "the ministry", "notes"),
        ("The bridge is closed, an agency's correspondent reports.", "an agency's correspondent", "reports"),
        ("According to General Pack, it is a crime - he said.", "General Pack", "according to"),
        ("Spokesman Jon Weiss wept as he asked who had done it.", "Spokesman Jon Weiss", "asked"),
        ("Japan’s foreign ministry said it was closed.", "Japan’s foreign ministry", "said"),
        ("But officials have ridiculed such claims.", "officials", "ridiculed"),
        ("It said the bridge was closed.", "It", "said"),
    ],
)
def test_speakers_are_found_after_openings_asides_dates_and_quotations(sentence: str, speaker: str, verb: str) -> None:
    found = find_attribution(sentence)
    assert found is not None
    assert found.speaker == speaker
    assert found.verb == verb


@pytest.mark.parametrize(
    "sentence",
    [
        "Russia asked China for weapons.",
        "The agency could not verify the UN's claims.",
        "The forces denied Brandt one of her aims.",
        "The group has not directly claimed responsibility.",
        "We must not let Brandt believe it.",
        "Officials list alleged war crimes.",
        "The firm declared a dividend of 4 percent.",
        "He continued his attack on Monday.",
    ],
)
def test_reporting_verbs_in_another_sense_give_no_speaker(sentence: str) -> None:
    assert find_attribution(sentence) is None


def test_a_quotation_does_not_inherit_the_speaker_of_an_unquoted_according_to() -> None:
    assert find_attribution("“It must close.”", "According to the report, the bridge is old.") is None
    assert find_attribution("- We will go.", "- It is closed - said Brandt.") == Attribution("Brandt", "said")
