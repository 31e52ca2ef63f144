"""Chunks have exact spans, cover the text, stay within the limit, and have ids that change when they must."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from test_index.fakes_index import HashingEmbedder

from index.chunking import chunk_article, embedded_text
from index.types import Article, Chunk

PARAGRAPH = "The ministry said 17 people were hurt. Nobody died, it added. A search goes on."
LIMITS = {"max_tokens": 160, "overlap": 20}


def chunks_of(text: str, title: str | None = None, **limits: int) -> list[Chunk]:
    return chunk_article(Article("a1", title, text), HashingEmbedder(), **(LIMITS | limits))


@given(st.text(max_size=600), st.text(max_size=80), st.integers(40, 200), st.integers(0, 60))
@settings(max_examples=200, deadline=None)
def test_chunks_of_any_unicode_are_exact_complete_and_within_the_limit(
    text: str, title: str, max_tokens: int, overlap: int
) -> None:
    chunks = chunks_of(text, title, max_tokens=max_tokens + 120, overlap=overlap)
    covered = [False] * len(text)
    for chunk in chunks:
        assert chunk.span.of(text) == chunk.text != ""
        covered[chunk.span.start : chunk.span.end] = [True] * len(chunk.text)
    assert all(known or character.isspace() for known, character in zip(covered, text, strict=True))
    assert max(HashingEmbedder().count_tokens([embedded_text(c) for c in chunks]), default=0) <= max_tokens + 120


def test_each_copy_of_a_repeated_paragraph_keeps_its_own_span() -> None:
    text = "\n".join([PARAGRAPH] * 12)
    chunks = chunks_of(text, max_tokens=40, overlap=0)
    assert [c.span.of(text) for c in chunks] == [c.text for c in chunks]
    assert len({c.span.start for c in chunks}) == len(chunks) == len({c.id for c in chunks})
    assert "".join("".join(c.text for c in chunks).split()) == "".join(text.split())


def test_chunks_overlap_by_whole_sentences_up_to_the_limit() -> None:
    text = " ".join(f"Sentence number {n} stands here." for n in range(40))
    chunks = chunks_of(text, max_tokens=60, overlap=14)
    for before, after in itertools.pairwise(chunks):
        repeated = text[after.span.start : before.span.end]
        assert repeated.startswith("Sentence number")
        assert repeated.endswith("here.")
        assert HashingEmbedder().count_tokens([repeated])[0] <= 14


def test_a_sentence_longer_than_the_limit_is_divided_between_words() -> None:
    text = "word " * 500
    chunks = chunks_of(text.strip(), max_tokens=60, overlap=0)
    assert all(set(c.text.split()) == {"word"} for c in chunks)
    assert sum(len(c.text.split()) for c in chunks) == 500


def test_the_headline_is_embedded_with_the_text_but_not_twice() -> None:
    [chunk] = chunks_of(PARAGRAPH, "Seventeen hurt in Ostmark")
    assert embedded_text(chunk) == f"Seventeen hurt in Ostmark\n{PARAGRAPH}"
    [chunk] = chunks_of(f"Seventeen hurt\n\n{PARAGRAPH}", "Seventeen hurt")
    assert embedded_text(chunk) == chunk.text


def test_a_chunk_id_changes_exactly_when_its_vector_or_citation_would_change() -> None:
    article = Article("a1", "Title", PARAGRAPH, outlet="Post", published=datetime(2026, 5, 4, tzinfo=UTC))
    changed = [
        article,
        replace(article, id="a2"),
        replace(article, title="Other"),
        replace(article, outlet="Herald"),
        replace(article, published=datetime(2026, 5, 5, tzinfo=UTC)),
        replace(article, text=PARAGRAPH.replace("17", "71")),
    ]
    ids = [chunk_article(a, HashingEmbedder(), **LIMITS)[0].id for a in changed]
    assert len(set(ids)) == len(changed)
    assert chunk_article(article, HashingEmbedder(), **LIMITS)[0].id == ids[0]


def test_an_article_without_words_has_no_chunks() -> None:
    assert chunks_of("  \n ") == []
