"""One voice: reprints are recognised, rival reports of the same event are not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.stories import containment, is_same_voice, shingles, sketch

WIRE = """The Kestrel Bay ferry ran aground at dawn on Thursday with 112 people on board, the coast guard said.
All passengers were taken off by 09:40. Two crew members were treated for cold. The operator, Norline, said the
captain had reported a steering failure shortly before six. An inquiry opens on Monday, the transport ministry said.
The same ship was held in port for three days in January after inspectors found a crack in a rudder bearing."""
RIVAL = """More than a hundred travellers had to leave a stranded Norline ferry in the dark on Thursday. Passengers told
this newspaper that they had waited two hours for lifeboats. The company blames the rudder. Nobody was badly hurt,
though two sailors were brought to hospital with hypothermia, according to the harbour police."""


def test_a_reprint_with_another_house_style_is_the_same_voice() -> None:
    reprint = WIRE.replace("112", "one hundred and twelve").replace("Two crew", "2 crew").upper()
    assert is_same_voice(WIRE, reprint)


def test_an_abridged_reprint_is_the_same_voice_as_the_whole() -> None:
    assert is_same_voice(WIRE, " ".join(WIRE.split()[:35]))


def test_a_rival_report_of_the_same_event_is_another_voice() -> None:
    assert not is_same_voice(WIRE, RIVAL)


def test_texts_of_a_few_words_are_the_same_voice_only_when_equal() -> None:
    assert is_same_voice("Talks resume.", "talks resume")
    assert not is_same_voice("Talks resume.", "Talks fail.")
    assert not is_same_voice("", "")


@given(st.text(), st.text())
def test_containment_is_symmetric_and_full_for_a_text_in_itself(one: str, other: str) -> None:
    assert containment(shingles(one), shingles(other)) == containment(shingles(other), shingles(one))
    assert containment(shingles(one), shingles(one)) == (1.0 if shingles(one) else 0.0)


@given(st.text())
def test_a_sketch_is_part_of_the_shingles_and_fits_a_signed_64_bit_column(text: str) -> None:
    assert sketch(text) <= shingles(text)
    assert all(-(2**63) <= value < 2**63 for value in shingles(text))
