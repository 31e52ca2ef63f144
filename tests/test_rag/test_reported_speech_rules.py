"""Rules of reported speech and names that ``rag.attribution`` rests on."""

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
