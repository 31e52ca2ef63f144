"""Every sentence of a long quotation is attributed to whoever opens or closes it."""

import pytest

from index.types import Chunk, Span
from rag.language.quotations import runs, with_missing_marks
from rag.passages import sentences_of
from rag.stance.attribution import find_attribution
from rag.types import Passage


def speakers(text: str) -> list[str | None]:
    passage = Passage(1, Chunk("c", "a", 0, Span(0, len(text)), text), 1.0)
    found = [find_attribution(s.text, s.before, s.quotation) for s in sentences_of(passage)]
    return [said.speaker if said else None for said in found]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It is old. It may fall. We must pay,” Anna Brandt said. It rained.", ["Anna Brandt"] * 3 + [None]),
        ("Anna Brandt said: “It is old. It may fall. We must pay.” It rained.", ["Anna Brandt"] * 3 + [None]),
        ("“It is old,” Anna Brandt said. “It may fall. We must pay.” It rained.", ["Anna Brandt"] * 3 + [None]),
        # The speaker who closes a quotation counts, whoever spoke before it.
        ("Jon Lind said it was new. “It is old. It may fall,” Anna Brandt said.", ["Jon Lind"] + ["Anna Brandt"] * 2),
        # A speaker reported inside a quotation is not the speaker of the quotation.
        ("“It is old. My mother said so. We must pay,” Anna Brandt said.", ["Anna Brandt"] * 3),
        # Each paragraph of a long quotation opens again.
        ("“It is old.\n\n“It may fall,” Anna Brandt said.", ["Anna Brandt"] * 2),
        # With its closing mark missing, a quotation does not take in the next speaker's words.
        ("Anna Brandt said: “It is old.\n\n“It may fall,” Jon Lind said.", ["Anna Brandt", "Jon Lind"]),
        ("Anna Brandt said: “It is old.\n\n“It may fall,” Brandt said.", ["Anna Brandt"] * 2),
        ("It rained in May. “It is old. It may fall,” she said.", [None, "she", "she"]),
    ],
)
def test_every_sentence_of_a_quotation_belongs_to_whoever_opens_or_closes_it(text: str, who: list[str | None]) -> None:
    assert speakers(text) == who


def test_a_quotation_that_is_never_closed_is_ignored() -> None:
    assert runs(["“It is old.", "It may fall.", "It rained."]) == []
    assert runs(["“It is old.", *["It may fall."] * 20, "It rained,” she said."]) == []


def test_a_run_goes_from_the_opening_mark_to_the_closing_mark() -> None:
    sentences = ["It rained.", "“It is old.", "It may fall.", "We must pay,” she said.", "“Why?” he asked."]
    assert runs(sentences) == [range(1, 4)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("We must pay,” Anna Brandt said.", "“We must pay,” Anna Brandt said."),
        ("Anna Brandt said: “It is old.", "Anna Brandt said: “It is old.”"),
        ("It may fall,” she said. “We must pay.", "“It may fall,” she said. “We must pay.”"),
        ('We must pay," Anna Brandt said.', '"We must pay," Anna Brandt said.'),
        ("We must pay», she said.", "«We must pay», she said."),
    ],
)
def test_a_sentence_from_inside_a_quotation_is_shown_with_both_marks(text: str, shown: str) -> None:
    assert with_missing_marks(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "“It is old,” Anna Brandt said.",
        "It rained.",
        'The 5" gun was sold.',
        "„Wir zahlen“, sagte sie.",
        "”Vi går”, sa hon.",
        "»Wir gehen«, sagte er.",
        "He said ”we go” and left.",
        "The 'old' bridge fell.",
    ],
)
def test_a_sentence_that_lacks_no_quotation_mark_is_shown_as_it_is(text: str) -> None:
    assert with_missing_marks(text) == text
