"""Sentences are joined with spaces, and lines without a full stop keep to themselves."""

from __future__ import annotations

import pytest

from rag.checks import run
from rag.language.joining import joined

POINT = "- Shopkeepers fear for trade in the old town"
BODY = "Motorists will have to pay for parking in the centre of Ulvsund from July."


@pytest.mark.parametrize(
    ("sentences", "text"),
    [
        ((), ""),
        (("It fell.",), "It fell."),
        (("It fell.", "Why?", "Nobody knew."), "It fell. Why? Nobody knew."),
        (("“It fell.”", "She wept."), "“It fell.” She wept."),
        (("Two held", "Police held two."), "Two held\nPolice held two."),
        (("(See page 4.)", "Two held", "Police held two."), "(See page 4.) Two held\nPolice held two."),
    ],
)
def test_only_a_line_without_closing_punctuation_ends_in_a_line_break(sentences: tuple[str, ...], text: str) -> None:
    assert joined(sentences) == text


def test_a_key_point_is_not_taken_for_the_speaker_of_the_next_sentence() -> None:
    assert run(BODY, joined((POINT, BODY))) == ()
    assert run(BODY, f"{POINT} {BODY}")  # what a space would do
