"""Rules of reported speech and names that ``rag.stance.attribution`` rests on."""

from __future__ import annotations

import pytest

from rag.checks import names
from rag.language.capitals import names_in
from rag.language.names import names_of, same_name
from rag.language.reported import reported_in
from rag.language.words import words_of


@pytest.mark.parametrize(
    "sentence",
    [
        "The vote is not a fraud, as Brandt claims.",
        "The vote was not “a complete fraud”, as Anna Brandt called it.",
        "The plan is not a gift to the rich, as the opposition put it.",
        "It wasn't “a perfect call,” as the president described it.",
        "There was no coup, as the army has alleged.",
    ],
)
def test_a_denial_is_not_attributed_to_the_person_whose_description_it_rejects(sentence: str) -> None:
    assert reported_in(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The vote is a fraud, as Brandt claims.", "Brandt"),
        ("The plan is a gift to the rich, as the opposition put it.", "the opposition"),
        ("The law is not a ban, as the minister noted.", "the minister"),
        ("As the minister put it, the law is not a ban.", "the minister"),
        ("It is not open because the wind is too strong, as Brandt put it.", "Brandt"),
        ("The vote was not “a complete fraud”, as Anna Brandt called it, the judge said.", "the judge"),
        ("The judge said the vote was not a fraud, as Anna Brandt claimed.", "The judge"),
    ],
)
def test_any_other_report_with_as_keeps_its_speaker(sentence: str, speaker: str) -> None:
    found = reported_in(sentence)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("ProPrivacy.com said that the app was safe.", "ProPrivacy.com"),
        ("“The app is safe,” said Anna Brandt of ProPrivacy.com.", "Anna Brandt of ProPrivacy.com"),
        ("According to Amazon.co.uk, sales fell in May.", "Amazon.co.uk"),
    ],
)
def test_a_web_address_is_a_whole_speaker(sentence: str, speaker: str) -> None:
    found = reported_in(sentence)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("More than 200 officials said the plan had failed.", "More than 200 officials"),
        ("In May, fewer than ten residents said they would stay.", "fewer than ten residents"),
        ("At first, more than two-thirds of the voters claimed that it was old.", "more than two-thirds of the voters"),
        ("According to more than 200 officials, the plan had failed.", "more than 200 officials"),
        ("More than a dozen lawyers argued that the law was void.", "More than a dozen lawyers"),
    ],
)
def test_more_than_an_amount_belongs_to_the_speaker(sentence: str, speaker: str) -> None:
    found = reported_in(sentence)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize("sentence", ["It is older than the mayor said.", "It was later than officials said."])
def test_a_comparison_with_what_somebody_said_is_not_a_report(sentence: str) -> None:
    assert reported_in(sentence) is None


def test_a_web_address_is_one_name() -> None:
    text = "She works for Booking.com in Varn, and he for Lind."
    assert [name.text for name in names_of(text)] == ["Booking.com", "Varn", "Lind"]
    assert names_in("When did Anna Brandt leave Booking.com?") == ["Anna Brandt", "Booking.com"]


def test_a_web_address_and_the_name_in_it_are_the_same_but_two_addresses_are_not() -> None:
    assert same_name("booking.com", "booking")
    assert not same_name("booking.com", "booking.org")
    assert names.check("Booking raised its prices.", "On Monday Booking.com raised its prices.") == ()
    assert names.check("In May Booking.com raised its prices.", "In May Holidays.com raised its prices.")


@pytest.mark.parametrize("text", ["The bridge fell.The mayor wept.", "It opened.EU ministers came.", "He left.us too."])
def test_a_missing_space_after_a_full_stop_makes_no_web_address(text: str) -> None:
    assert all("." not in word.text for word in words_of(text))


def test_a_long_hyphenated_string_is_read_in_linear_time() -> None:
    assert len(words_of("a-" * 20_000)) == 20_000


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("In a written statement its lawyer, Jan Lind, said that rents were low.", "its lawyer, Jan Lind"),
        ("In an interview her lawyer, Jan Lind, said that the case was closed.", "her lawyer, Jan Lind"),
        ("In a tweet their leader said that the talks were over.", "their leader"),
        ("The mayor and his deputy, Anna Lind, said that the bridge was safe.", "The mayor and his deputy, Anna Lind"),
        ("The chairman of its board, Jan Lind, said that the plan was dead.", "The chairman of its board, Jan Lind"),
    ],
)
def test_a_possessive_after_an_introductory_phrase_begins_the_subject(sentence: str, speaker: str) -> None:
    assert (found := reported_in(sentence)) is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The rule comes in May, and states that banks must report losses.", "The rule"),
        ("The mayor of Kolm runs a bakery and says that bread is cheap.", "The mayor of Kolm"),
        ("The court meets on Monday and says that it is ready.", "The court"),
        ("Two residents of Kolm left and said that the bridge was old.", "Two residents of Kolm"),
        ("The sports minister came in May and said that the hall was ready.", "The sports minister"),
    ],
)
def test_the_subject_before_and_ends_at_a_present_verb(sentence: str, speaker: str) -> None:
    assert (found := reported_in(sentence)) is not None
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        (
            "Nurses who work or have worked there have accused the head of bullying.",
            "Nurses who work or have worked there",
        ),
        ("Pupils who have left the school said that it was cold.", "Pupils who have left the school"),
        ("Two women who worked at the bank accused the manager of theft.", "Two women who worked at the bank"),
        ("He knows people who have left and the minister said that it was cold.", "the minister"),
        ("It is a film about a man who was shot he insists.", "he"),
    ],
)
def test_a_relative_clause_is_part_of_the_subject(sentence: str, speaker: str) -> None:
    assert (found := reported_in(sentence)) is not None
    assert found.speaker == speaker


def test_a_participle_after_the_object_of_a_preposition_reports_nothing() -> None:
    assert reported_in("Fishermen may catch 400 tonnes a year under the treaty concluded in May.") is None
    assert reported_in("The town will pay for the damage estimated in March.") is None
    assert reported_in("They have lived in the house described in the book.") is None
    assert (found := reported_in("The panel concluded in May that the treaty was void.")) is not None
    assert found.speaker == "The panel"
    assert (
        found := reported_in("The bridge is old and in the report the panel concluded that it was unsafe.")
    ) is not None
    assert found.speaker == "the panel"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("The firm will cut 1,150 jobs and not 800, as the company has announced.", None),
        ("The firm will cut 1,150 jobs and not with two hundred, as the company said.", None),
        ("The hall costs nine million rather than six, as the mayor had promised.", None),
        ("The firm will cut 800 jobs, as the company has announced.", "the company"),
        ("The law is in force and not a ban, as the minister noted.", "the minister"),
    ],
)
def test_a_rejected_figure_before_as_does_not_make_its_speaker_that_of_the_sentence(
    sentence: str, speaker: str | None
) -> None:
    found = reported_in(sentence)
    assert (found.speaker if found else None) == speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "Police would neither confirm nor deny that the van was stolen.",
        "The office declined to confirm or deny that it had been hacked.",
        "The firm neither apologised nor denied the charge.",
    ],
)
def test_a_refusal_to_confirm_or_deny_reports_nothing(sentence: str) -> None:
    assert reported_in(sentence) is None


def test_a_denial_and_a_confirmation_report() -> None:
    assert (found := reported_in("Police denied that the van was stolen and confirmed the arrest.")) is not None
    assert (found.speaker, found.verb) == ("Police", "denied")
