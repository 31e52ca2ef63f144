from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from test_rag.fakes_chain import article, chunks_of, passages_of

from index.types import Reprint, Span
from rag.citations import Bibliography, in_order_of_citing, parse_markers
from rag.types import (
    Answer,
    Claim,
    Conflict,
    ConflictKind,
    Passage,
    Quote,
    Support,
    Trace,
    Verdict,
)


@pytest.mark.parametrize(
    ("written", "text", "numbers"),
    [
        ("The bridge is open. [1]", "The bridge is open.", (1,)),
        ("The bridge is open [1].", "The bridge is open.", (1,)),
        ("The bridge is open. [1, 2]", "The bridge is open.", (1, 2)),
        ("The bridge is open. [1][2]", "The bridge is open.", (1, 2)),
        ("The bridge is open. [1] [2]", "The bridge is open.", (1, 2)),
        ("The bridge is open. [2; 1 and 2]", "The bridge is open.", (2, 1)),
        ("The bridge is open. [1-3]", "The bridge is open.", (1, 2, 3)),
        ("The bridge is open. [4, 1-2]", "The bridge is open.", (4, 1, 2)),
        ("The bridge is open. [3-1]", "The bridge is open.", (3, 1)),
        ("The bridge is open.【1】", "The bridge is open.", (1,)),
        ("The bridge is open.【1†source】", "The bridge is open.", (1,)),
        ("The bridge is open. [Passage 3]", "The bridge is open.", (3,)),
        ("The bridge is open. [^2]", "The bridge is open.", (2,)),
        ("The bridge [sic] is open", "The bridge [sic] is open", ()),
        ("The bridge is open (1)", "The bridge is open (1)", ()),
        ("[1]", "", (1,)),
        ("Open [1-999].", "Open.", ()),
        ("Open [1-999999999].", "Open [1-999999999].", ()),
        ("", "", ()),
        ("[" * 20_000, "[" * 20_000, ()),  # from a model that repeats itself; must be parsed quickly
    ],
)
def test_markers_of_every_common_form_are_parsed_and_removed(written: str, text: str, numbers: tuple[int, ...]) -> None:
    assert parse_markers(written) == (text, numbers)


@given(st.text(max_size=200))
def test_any_text_can_be_parsed_and_numbers_are_distinct(written: str) -> None:
    text, numbers = parse_markers(written)
    assert all(number >= 0 for number in numbers)
    assert len(set(numbers)) == len(numbers)
    assert len(text) <= len(written)


@hypothesis_settings(max_examples=60)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30),
        min_size=1,
        max_size=4,
    ),
    st.data(),
)
def test_every_quote_equals_the_article_at_its_offsets_for_any_unicode(words: list[str], data: st.DataObject) -> None:
    item = article("x", "\n".join(words))
    passages = [Passage(n, chunk, 1.0) for n, chunk in enumerate(chunks_of(item), start=1)]
    bibliography = Bibliography(passages)
    for passage in passages:
        start = data.draw(st.integers(passage.chunk.span.start, passage.chunk.span.end - 1))
        end = data.draw(st.integers(start + 1, passage.chunk.span.end))
        (citation,) = bibliography.cite([Quote(passage.number, Span(start, end))])
        assert item.text[citation.start : citation.end] == citation.quote


def test_citations_are_numbered_in_order_of_appearance_and_once_per_span() -> None:
    passages = passages_of("The bridge is open. The road is shut.", "The tunnel is wet.")
    bibliography = Bibliography(passages)
    bridge, road, tunnel = Quote(1, Span(0, 19)), Quote(1, Span(20, 37)), Quote(2, Span(0, 18))
    assert [c.number for c in bibliography.cite([tunnel, bridge])] == [1, 2]
    assert [c.number for c in bibliography.cite([bridge, road, bridge])] == [2, 3]
    assert [(c.number, c.quote) for c in bibliography.citations] == [
        (1, "The tunnel is wet."),
        (2, "The bridge is open."),
        (3, "The road is shut."),
    ]


def test_a_citation_lists_the_other_articles_that_contain_the_same_words() -> None:
    first, second = passages_of("The bridge is open. More here.", "Shortened: The bridge is open.")
    reprint = Passage(1, first.chunk, 1.0, also_in=("a9",))
    (citation,) = Bibliography([reprint, second]).cite([Quote(1, Span(0, 19))])
    assert citation.also_in == ("a9", "a2")


def test_a_quote_outside_its_passage_is_rejected() -> None:
    with pytest.raises(ValueError, match="outside"):
        Bibliography(passages_of("The bridge is open.")).cite([Quote(1, Span(0, 500))])


def test_an_abridged_reprint_is_listed_with_a_quote_only_if_it_contains_the_quoted_words() -> None:
    (passage,) = passages_of("The bridge is open. The road is shut.")
    cut = Passage(1, passage.chunk, 1.0, reprints=(Reprint("cut", (Span(0, 19),)),), same_story=("cut", "later"))
    kept, dropped = Bibliography([cut]).cite([Quote(1, Span(0, 19)), Quote(1, Span(20, 37))])
    assert kept.also_in == ("cut",)
    assert dropped.also_in == ()
    assert kept.same_story == ("cut", "later")


@given(st.permutations([1, 2, 3, 4]), st.integers(1, 3))
def test_an_answer_is_renumbered_in_the_order_its_sentences_cite(order: list[int], cut: int) -> None:
    passages = passages_of("The bridge is open.", "The road is shut.", "The tunnel is wet.", "The river is high.")
    made = Bibliography(passages).cite([Quote(n, p.chunk.span) for n, p in enumerate(passages, start=1)])
    claims = tuple(Claim(made[n - 1].quote, (n,), Verdict(Support.SUPPORTED, 1.0)) for n in order[:cut])
    conflict = Conflict("", ConflictKind.COUNT, (order[-1], order[0]))
    answer = in_order_of_citing(Answer("?", claims, made, (), (conflict,), None, Trace("?")))
    assert [claim.citations for claim in answer.claims] == [(n,) for n in range(1, cut + 1)]
    assert [citation.number for citation in answer.citations] == [1, 2, 3, 4]
    quotes = {citation.number: citation.quote for citation in answer.citations}
    assert all(quotes[claim.citations[0]] == claim.text for claim in answer.claims)
    assert [quotes[n] for n in answer.conflicts[0].citations] == [made[order[-1] - 1].quote, made[order[0] - 1].quote]
    assert in_order_of_citing(answer) == answer
