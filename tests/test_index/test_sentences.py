"""Sentence spans are exact and complete, and correct for the typical difficulties of news text."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.sentences import blocks, sentence_spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Gen. Staff said 3.5 million people fled.", "Nobody stayed."],
        ['"We will stay," Mr. J. P. Marek said.', "He did not."],
        ["The U.N. envoy landed at 5 p.m. on Jan. 5.", "Talks begin Monday."],
        ["“Why?” he asked.", "Nobody answered."],
        ["The bearing failed, said Dr. A. R. Quist.", "Mrs. E. Lund agreed."],
        ["The ferry left at 5 p.m. Friday.", "It sank at 9 p.m. Eastern time.", "Nobody knew."],
        ["It was seen at 5:40 a.m.", "The army denied it.", "Calls came until 3 p.m.", "“Why?” he asked."],
        ["It passed, but Sens. Ada Lund and E. Quist, and Govs. Brandt and Holm, objected.", "Reps. Ash and Oke left."],
        [
            "The festival runs from Sept. 18-24.",
            "A break from Dec. 24 to Jan. 2 follows.",
            "It rained in Dec.",
            "Then it froze.",
        ],
        ["HOLM, Colo. — Two brothers were found.", "Ferries to Sault Ste. Marie wait."],
        ["The mayor resigned.", "— The council meets on Monday."],
        ["They met the Reps.", "The senators left."],
        ["Prices rose 1.2% vs. 2024.", "Wages did not."],
        ["It isn't over.", "They can't leave; they won't."],
        ["Прем'єр сказав «ні».", "Потім він пішов."],
    ],
)
def test_sentences_of_news_prose_are_found_whole(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


def test_bullets_without_full_stops_are_separate_sentences() -> None:
    text = "Key points\n- Talks may resume in May\n- Two sides still far apart\nThe minister left.\nNobody spoke."
    assert sentences(text) == text.split("\n")


def test_unmarked_key_points_above_the_body_are_separate_sentences() -> None:
    text = "Toll rises to 17 after overnight search\nMinister rejects calls to resign\nThe toll rose to 17 on Monday."
    assert sentences(text) == text.split("\n")


def test_sentences_continue_across_lines_of_hard_wrapped_prose() -> None:
    text = (
        "The regional council in Ostrava Bay voted late on Tuesday to delay\n"
        "the new harbour tax until the autumn. Its chair said that she had\n"
        "not been consulted. A second vote follows."
    )
    assert sentences(text) == [
        "The regional council in Ostrava Bay voted late on Tuesday to delay\nthe new harbour tax until the autumn.",
        "Its chair said that she had\nnot been consulted.",
        "A second vote follows.",
    ]


PARAGRAPHS = [
    "The council of Ostrava Bay voted late on Tuesday to delay the tax. Its chair, Ruben Aske, was not asked.",
    "A second vote follows in March. The port of Hallen, the largest of the coast, expects losses until then.",
    "Mayor Ida Brandt of Ostvale asked Minister Henrik Norlyk to step in before the Lindow ferries stop running.",
]
SENTENCES = [sentence for paragraph in PARAGRAPHS for sentence in sentences(paragraph)]


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n    "])
@pytest.mark.parametrize("width", [50, 72, 100])
def test_sentences_of_wrapped_prose_are_whole_with_and_without_blank_lines(width: int, between: str) -> None:
    text = between.join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert [" ".join(sentence.split()) for sentence in sentences(text)] == SENTENCES


def test_sentences_of_a_pdf_whose_lines_differ_in_length_are_whole() -> None:
    text = (
        "The regional council in Ostrava Bay voted late on Tuesday to\n"
        "delay the new harbour tax. Its chair, Ruben Aske of\n"
        "Port Hallen, said that nobody had been consulted before.\n"
        "A second vote follows in March."
    )
    assert [" ".join(sentence.split()) for sentence in sentences(text)] == [
        "The regional council in Ostrava Bay voted late on Tuesday to delay the new harbour tax.",
        "Its chair, Ruben Aske of Port Hallen, said that nobody had been consulted before.",
        "A second vote follows in March.",
    ]


def test_each_line_of_text_with_one_line_per_paragraph_is_a_paragraph() -> None:
    text = "\n".join(PARAGRAPHS)
    assert [block.of(text) for block in blocks(text)] == PARAGRAPHS


def test_headlines_of_similar_length_are_separate_sentences() -> None:
    text = (
        "Council of Ostrava Bay delays harbour tax until March\nMinister Norlyk rejects calls to step in at the port\n"
        "Ferries of the Lindow Line may stop before the weekend\nMayor of Ostvale calls the delay of the tax a disgrace"
    )
    assert sentences(text) == text.split("\n")


def test_a_sentence_continues_on_a_line_that_starts_in_lower_case() -> None:
    assert sentences("The vote was\npostponed again.") == ["The vote was\npostponed again."]


def test_nothing_but_white_space_has_no_sentences() -> None:
    assert sentences(" \n\t\n ") == []


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_spans_of_any_text_are_ordered_and_trimmed_and_cover_everything_but_white_space(text: str) -> None:
    spans = sentence_spans(text)
    covered = [False] * len(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        assert span.of(text).strip() == span.of(text) != ""
        covered[span.start : span.end] = [True] * (span.end - span.start)
        end = span.end
    assert all(known or character.isspace() for known, character in zip(covered, text, strict=True))


@given(st.lists(st.sampled_from(["Mr. Brandt left.", "“No,” she said.", "- one", "3.5%", "the", "\n", "\n\n", "U.S."])))
@settings(max_examples=200, deadline=None)
def test_repeated_sentences_have_separate_spans(parts: list[str]) -> None:
    text = " ".join(parts)
    starts = [span.start for span in sentence_spans(text)]
    assert len(starts) == len(set(starts))
