import pytest

from rag.checks import speakers


@pytest.mark.parametrize(
    ("claim", "evidence", "who"),
    [
        ("The army said the bridge was unsafe.", "The ministry said the bridge was unsafe.", "The ministry"),
        ("The bridge was unsafe, Keller said.", "The bridge was unsafe, Brandt said.", "Brandt"),
        ("According to Keller, the bridge was unsafe.", "Brandt warned that the bridge was unsafe.", "Brandt"),
        ("The bridge is unsafe for heavy lorries.", "The ministry said the bridge is unsafe for heavy lorries.",
         "The ministry"),
        ("Nine people died in the collapse.", "Nine people died in the collapse, police said.", "police"),
    ],
)  # fmt: skip
def test_an_exchanged_or_omitted_speaker_is_reported(claim: str, evidence: str, who: str) -> None:
    assert [who in finding.reason for finding in speakers.check(claim, evidence)] == [True]


@pytest.mark.parametrize(
    ("claim", "evidence"),
    [
        ("The ministry warned the bridge was unsafe.", "The ministry said the bridge was unsafe."),
        ("Brandt said the bridge was unsafe.", "“The bridge is unsafe,” Anna Brandt, the mayor, told Reuters."),
        ("The mayor said the bridge was unsafe.", "Anna Brandt, the mayor, said the bridge was unsafe."),
        ("He said the bridge was unsafe.", "Brandt said the bridge was unsafe."),
        ('"We are closing the bridge."', 'Brandt said: "We are closing the bridge."'),
        ("The bridge shut on Monday at noon.", "The bridge shut on Monday at noon after Brandt said it was unsafe."),
        ("The bridge is unsafe for lorries.",
         "The ministry said the bridge is unsafe for lorries. The bridge is unsafe for lorries."),
    ],
)  # fmt: skip
def test_a_speaker_that_is_kept_or_not_needed_passes(claim: str, evidence: str) -> None:
    assert speakers.check(claim, evidence) == ()


def test_a_country_does_not_name_its_postal_service() -> None:
    evidence = "Justice Ginsburg will be honored with a new US stamp in 2023, the US Postal Service announced Monday."
    found = speakers.check("Justice Ginsburg will be honored with a new US stamp in 2023.", evidence)
    assert ["only from the US Postal Service" in f.reason for f in found] == [True]


def test_a_report_is_a_speaker_only_where_the_evidence_mentions_it() -> None:
    evidence = "The library association said efforts to ban books are on track to surpass last year's count."
    claim = "The report said that efforts to ban books are on track to surpass last year's count."
    assert speakers.check(claim, evidence)
    assert speakers.check(claim, evidence.replace("said", "said in its report that")) == ()
