"""Any bytes under any file name yield articles or problems, never an exception."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from test_index.fakes_files import pdf, read_content

from index.corpus import SUFFIXES
from index.types import Article, Problem

BEGINNINGS = [
    b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html><body><p>", b"<?xml version='1.0'?><rss version='2.0'><channel><item>",
    b"---\ntitle: ", b"Title: ", b'{"text": "', b"\xef\xbb\xbf", b"\xff\xfe", b"# ", b"<feed><entry><content>",
    b"<script type='application/ld+json'>", b"Published: ",
]  # fmt: skip
ANY_BYTES = st.tuples(st.sampled_from(BEGINNINGS), st.binary(max_size=300) | st.text(max_size=150).map(str.encode)).map(
    b"".join
)


def check(data: bytes, suffix: str) -> list[Article | Problem]:
    with tempfile.TemporaryDirectory() as folder:
        items = read_content(Path(folder), f"any{suffix}", data, max_bytes=100_000)
    for item in items:
        if isinstance(item, Problem):
            assert ";" in item.problem, "a problem says what is wrong and how to fix it"
            item.problem.encode()
        else:
            assert item.id
            assert item.text == item.text.strip()
            assert "\r" not in item.text
            for words in (item.id, item.title, item.text, item.outlet, item.author, item.url):
                assert words != ""
                (words or "").encode()
    return items


@given(ANY_BYTES, st.sampled_from(SUFFIXES))
@settings(max_examples=300, deadline=None)
def test_any_bytes_with_any_suffix_yield_articles_or_problems(data: bytes, suffix: str) -> None:
    assert check(data, suffix) or suffix == ".jsonl"


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_pdf_yields_an_article_or_a_problem(data: st.DataObject) -> None:
    whole = bytearray(pdf(["The dam cracked."], title="Dam"))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert len(check(bytes(whole), ".pdf")) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["id", "title", "text", "body", "url", "source", "author", "date", "updated"])


@given(st.lists(st.dictionaries(KEYS, JSON, max_size=6) | JSON, min_size=1, max_size=5))
@settings(max_examples=150, deadline=None)
def test_any_json_yields_at_most_one_article_per_line_and_every_problem_has_a_line(records: list[object]) -> None:
    items = check("\n".join(json.dumps(record) for record in records).encode(), ".jsonl")
    assert sum(isinstance(item, Article) for item in items) <= len(records)
    assert all(item.line for item in items if isinstance(item, Problem))


@given(st.text())
def test_only_line_ends_controls_and_outer_space_of_any_text_are_changed(text: str) -> None:
    (item,) = check(json.dumps({"text": text}).encode(), ".jsonl")
    kept = "".join(character for character in text if character.isprintable() and not character.isspace())
    if isinstance(item, Article):
        stored = "".join(character for character in item.text if character.isprintable() and not character.isspace())
        assert stored == kept
    else:
        assert not any(map(str.isalnum, text))
