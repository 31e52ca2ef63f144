"""Output formats of language models: which parts are sentences, and which passages they cite."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.llm.draft_parser import Drafted, spoken_lines

OPEN = "The bridge reopened on Monday."
SHUT = "It had been shut for 12 days."


def read(written: str, *, most: int = 9, size: int = 7) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences read from an answer streamed ``size`` characters at a time, with passages 1 to 3."""
    pieces = [written[at : at + size] for at in range(0, len(written), size)]
    return [(one.text, one.cites) for one in Drafted(pieces, {1, 2, 3}, most).sentences()]


@pytest.mark.parametrize(
    "written",
    [
        "The bridge reopened on Monday. [1]",
        "The bridge reopened on Monday [1].",
        "[1] The bridge reopened on Monday.",
        "The bridge [1] reopened on Monday.",
        "The bridge reopened on Monday 【1】.",
        "The bridge reopened on Monday ［1］.",
        "The bridge reopened on Monday [[1]].",
        "The bridge reopened on Monday. ([1])",
        "The bridge reopened on Monday [#1].",
        "The bridge reopened on Monday [passage-1].",
        'The bridge reopened on Monday. [number="1"]',
        "The bridge reopened on Monday. [Source: Passage 1]",
        "The bridge reopened on Monday. [1: Varn Post]",
        "The bridge reopened on Monday. (Source: 1)",
        "The bridge reopened on Monday (passage 1).",
        "The bridge reopened on Monday (1).",
        "The bridge reopened on Monday. (1)",
        "The bridge reopened on Monday.¹",
        "The bridge reopened on Monday [1](https://post.example/1).",
        "**The bridge** reopened on Monday. [1]",
        "| The bridge reopened on Monday. | [1] |",
        "- The bridge reopened on Monday. [1]",
        "> 1. The bridge reopened on Monday. [1]",
        "Answer: The bridge reopened on Monday. [1]",
        "Here is what the passages say:\n\n```text\nThe bridge reopened on Monday. [1]\n```",
        "The bridge reopened on Monday. [1]\n\nSources:\n[1] Varn Post, 9 March",
        "The bridge reopened on Monday. [1]\n**References:** [1] Varn Post. [2] Kelva Herald.",
        "The bri\u200bdge re\x1b[31mopened on \u202eMonday. [1]",
        "<think>\nA lie. [1]\n</think>\nThe bridge reopened on Monday. [1]",
        "<Thought>A lie. [1]</Thought>The bridge reopened on Monday. [1]",
        "<reasoning>A lie. [1]\n<think>Another. [2]</think></reasoning>The bridge reopened on Monday. [1]",
    ],
)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_one_sentence_is_read_whatever_surrounds_it(written: str, size: int) -> None:
    assert read(written, size=size) == [(OPEN, (1,))]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (f"{OPEN} [1] {SHUT} [2]", [(OPEN, (1,)), (SHUT, (2,))]),
        (f"[1] {OPEN} [2] {SHUT}", [(OPEN, (1,)), (SHUT, (2,))]),
        (f"{OPEN} [1] [2] [3]", [(OPEN, (1, 2, 3))]),
        (f"{OPEN} [1] [2] {SHUT} [2] [3]", [(OPEN, (1, 2)), (SHUT, (2, 3))]),
        ("It reopened on Monday [1] and tolls rose [2].", [("It reopened on Monday and tolls rose.", (1, 2))]),
        (f"{OPEN} [1, and 3] {SHUT} [Passage 1, Passage 2]", [(OPEN, (1, 3)), (SHUT, (1, 2))]),
        ("He said “It is open.” [1] They left.", [("He said “It is open.”", (1,)), ("They left.", ())]),
        ("The storm killed three (3) people.", [("The storm killed three (3) people.", ())]),
        ("The party won more seats (17).", [("The party won more seats (17).", ())]),
        ("The treaty holds (Article 1).", [("The treaty holds (Article 1).", ())]),
        ("The plot has 12 km².", [("The plot has 12 km².", ())]),
        ("Sources close to the minister said so. [1]", [("Sources close to the minister said so.", (1,))]),
        ("The mayor [sic] left. [1]", [("The mayor [sic] left.", (1,))]),
        (f"A thought that nobody opened. [1]</think>{OPEN} [1]", [(OPEN, (1,))]),
    ],
)
def test_markers_are_assigned_to_the_sentence_they_belong_to(
    written: str, expected: list[tuple[str, tuple[int, ...]]]
) -> None:
    assert read(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "NOT IN ARTICLES",
        "**Not in the articles.** The passages tell of tolls only.",
        "Answer: NOT IN ARTICLES",
        "The passages do not say when the bridge reopened.",
        "I'm sorry, but the provided articles don't contain that information.",
        "Unfortunately, the given information does not specify a date.",
    ],
)
def test_a_refusal_is_recognized_in_other_words_too(written: str) -> None:
    drafted = Drafted([written], {1}, 9)
    assert list(drafted.sentences()) == []
    assert drafted.declined


@pytest.mark.parametrize(
    "written",
    [
        "The article does not mention the minister, his office said. [1]",
        "The passages of the cave do not contain water. [1]",
        "He was not in articles of war. [1]",
        "I'm sorry, but I can't help with that.",
        "",
        "```",
    ],
)
def test_sentences_that_resemble_a_refusal_are_kept(written: str) -> None:
    drafted = Drafted([written], {1}, 9)
    list(drafted.sentences())
    assert not drafted.declined


def test_a_refusal_after_a_sentence_is_read_as_a_sentence() -> None:
    remark = "The passages do not say why."
    assert read(f"{OPEN} [1]\n{remark}") == [(OPEN, (1,)), (remark, ())]


def test_a_refusal_before_a_sentence_does_not_drop_the_sentence() -> None:
    drafted = Drafted([f"The passages do not give the hour.\n{OPEN} [1]"], {1}, 9)
    assert [one.text for one in drafted.sentences()] == [OPEN]
    assert not drafted.declined


@pytest.mark.parametrize(
    "written",
    [
        f"Sources: {OPEN} [1]\n{SHUT} [2]",
        f"Sources: [1], [2]\n{OPEN} [1]\n{SHUT} [2]",
        f"Sources:\n{OPEN} [1]\n{SHUT} [2]",
    ],
)
def test_a_label_for_sources_before_the_answer_does_not_end_it(written: str) -> None:
    assert read(written) == [(OPEN, (1,)), (SHUT, (2,))]


def test_a_list_of_sources_after_a_refusal_is_not_an_answer() -> None:
    drafted = Drafted(["The passages do not give the hour.\nSources: [1] Varn Post, 9 March"], {1}, 9)
    assert list(drafted.sentences()) == []
    assert drafted.declined


THOUGHTS = "".join(f"Thought {n} about passage [1] goes on.\n" for n in range(30))


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_reasoning_without_an_opening_tag_is_left_out_and_leaves_room_for_the_answer(size: int) -> None:
    assert read(f"Okay, the user asks when.\n{THOUGHTS}</think>\n{OPEN} [1]", size=size) == [(OPEN, (1,))]
    assert list(spoken_lines([f"Okay.\n{THOUGHTS}</think>{OPEN}"])) == [OPEN]


def test_an_answer_that_begins_with_talk_is_read_even_if_it_ends_in_an_error() -> None:
    def pieces() -> Iterator[str]:
        yield f"Sure!\n{OPEN} [1]\n"
        raise ConnectionError

    sentences = Drafted(pieces(), {1}, 9).sentences()
    assert [next(sentences).text, next(sentences).text] == ["Sure!", OPEN]
    with pytest.raises(ConnectionError):
        next(sentences)


def test_a_lead_in_does_not_delay_the_answer() -> None:
    def pieces() -> Iterator[str]:
        yield f"Here is the answer:\n{OPEN} [1]\n"
        raise ConnectionError

    assert next(Drafted(pieces(), {1}, 9).sentences()).text == OPEN


def test_reading_stops_at_the_maximum_number_of_sentences() -> None:
    def endless() -> Iterator[str]:
        while True:
            yield f"{OPEN} [1]\n"

    assert len(list(Drafted(endless(), {1}, 4).sentences())) == 4


@given(st.text(alphabet="<>/think \n[1].aA(", max_size=80), st.integers(1, 9))
def test_the_sentences_do_not_depend_on_how_the_stream_is_split(written: str, size: int) -> None:
    assert read(written, size=size) == read(written, size=1000)


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_every_sentence_has_a_letter(written: str) -> None:
    assert all(any(letter.isalnum() for letter in text) for text, _ in read(written))


def test_a_line_is_yielded_as_soon_as_it_is_complete() -> None:
    taken: list[str] = []

    def pieces() -> Iterator[str]:
        for piece in ("One\nT", "wo\n", "Three"):
            taken.append(piece)
            yield piece

    lines = spoken_lines(pieces(), begins=lambda line: line == "One")
    assert (next(lines), taken) == ("One", ["One\nT"])
    assert list(lines) == ["Two", "Three"]
