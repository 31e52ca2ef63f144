"""JSON lines: all usual field names are understood, and a bad line is a problem that does not affect the others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_index.fakes_files import article, problem, read_content

from index.types import Article, Problem


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.mark.parametrize("id_", ["id", "doc_id", "article_id"])
@pytest.mark.parametrize("title", ["title", "headline"])
@pytest.mark.parametrize("text", ["text", "body", "content"])
def test_id_title_and_text_are_read_under_any_of_their_names(tmp_path: Path, id_: str, title: str, text: str) -> None:
    read = article(read_content(tmp_path, "a.jsonl", lines({id_: "a1", title: "Dam", text: "It cracked."})))
    assert (read.id, read.title, read.text) == ("a1", "Dam", "It cracked.")


@pytest.mark.parametrize(
    "name", ["published", "publish_date", "published_at", "date", "date_published", "pubDate", "datePublished"]
)
def test_the_publication_date_is_read_under_any_of_its_names(tmp_path: Path, name: str) -> None:
    read = article(read_content(tmp_path, "a.jsonl", lines({"id": 1, "text": "It cracked.", name: "2026/05/04"})))
    assert (read.published, read.updated) == (datetime(2026, 5, 4, tzinfo=UTC), None)


@pytest.mark.parametrize("name", ["updated", "modified", "date_modified", "updated_at", "dateModified"])
def test_the_date_of_the_update_is_read_under_any_of_its_names(tmp_path: Path, name: str) -> None:
    read = article(read_content(tmp_path, "a.jsonl", lines({"id": 1, "text": "It cracked.", name: "2026-05-04"})))
    assert (read.published, read.updated) == (None, datetime(2026, 5, 4, tzinfo=UTC))


@pytest.mark.parametrize("name", ["outlet", "source", "publisher", "site"])
@pytest.mark.parametrize("value", ["The Courier", {"id": "vc", "name": "The Courier"}])
def test_the_outlet_is_read_under_any_of_its_names(tmp_path: Path, name: str, value: object) -> None:
    read = article(read_content(tmp_path, "a.jsonl", lines({"id": 1, "text": "It cracked.", name: value})))
    assert read.outlet == "The Courier"


@pytest.mark.parametrize(
    ("value", "author"),
    [
        ("Jane Roe", "Jane Roe"),
        (["Jane Roe", "John Doe"], "Jane Roe, John Doe"),
        ([{"name": "Jane Roe"}], "Jane Roe"),
        ([], None),
        (None, None),
    ],
)
@pytest.mark.parametrize("name", ["author", "authors", "byline"])
def test_authors_may_be_one_or_many(tmp_path: Path, name: str, value: object, author: str | None) -> None:
    assert article(read_content(tmp_path, "a.jsonl", lines({"text": "It cracked.", name: value}))).author == author


def test_the_outlet_is_never_derived_from_the_url(tmp_path: Path) -> None:
    read = article(
        read_content(tmp_path, "a.jsonl", lines({"text": "It cracked.", "url": "https://cnn.example/2026/05/04/x"}))
    )
    assert (read.outlet, read.published, read.title) == (None, None, None)


def test_a_record_is_identified_by_its_id_or_url_or_content(tmp_path: Path) -> None:
    record = {"text": "It cracked.", "url": "https://varn.example/1"}
    assert article(read_content(tmp_path, "a.jsonl", lines(record | {"id": 17}))).id == "17"
    assert article(read_content(tmp_path, "a.jsonl", lines(record))).id == "https://varn.example/1"
    by_content = [
        article(read_content(tmp_path, name, lines({"text": "It cracked."}))).id for name in ("a.jsonl", "b.jsonl")
    ]
    assert by_content[0] == by_content[1]


def test_the_text_of_a_record_is_unchanged_even_if_it_begins_with_its_title(tmp_path: Path) -> None:
    text = "Dam cracks\n\nBy  Jane Roe\n\nIt cracked…"
    assert article(read_content(tmp_path, "a.jsonl", lines({"title": "Dam cracks", "text": text}))).text == text


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('{"id": "b", "text": "cut o', "column 21"),
        ("[1, 2]", "a list, not a record"),
        ('"text"', "a string, not a record"),
        ("null", "null, not a record"),
        ('{"id": "b"}', "found id"),
        ("{}", "found no fields"),
        ('{"id": "b", "text": ""}', "'text' is empty"),
        ('{"id": "b", "text": "..."}', "no text in it"),
        ('{"id": "b", "body": ["one", "two"]}', "'body' is a list"),
        ('{"id": "b", "text": ' + "9" * 5000 + "}", "a number is too long"),
        ("[" * 100_000, "nested too deeply"),
    ],
)
def test_a_bad_line_is_a_problem_and_the_others_are_read(tmp_path: Path, line: str, words: str) -> None:
    first, bad, last = read_content(
        tmp_path, "a.jsonl", f'{{"id": "a", "text": "One."}}\n\n{line}\n{{"id": "c", "text": "Two."}}'
    )
    assert isinstance(first, Article)
    assert isinstance(bad, Problem)
    assert isinstance(last, Article)
    assert (first.id, bad.line, last.id) == ("a", 3, "c")
    assert words in bad.problem


def test_a_line_that_is_not_utf_8_is_a_problem_with_its_offset(tmp_path: Path) -> None:
    found = problem(read_content(tmp_path, "a.jsonl", b'\n{"text": "caf\xe9"}\n'))
    assert (found.line, "offset 13" in found.problem) == (2, True)


def test_the_size_limit_applies_to_each_line_and_not_to_the_file(tmp_path: Path) -> None:
    records = [{"id": str(number), "text": "word " * 30} for number in range(20)]
    long = {"id": "long", "text": "word " * 300}
    items = read_content(tmp_path, "a.jsonl", lines(*records[:10], long, *records[10:]), max_bytes=200)
    assert [item.id for item in items if isinstance(item, Article)] == [str(number) for number in range(20)]
    assert [(item.line, "larger than" in item.problem) for item in items if isinstance(item, Problem)] == [(11, True)]


@pytest.mark.parametrize("document", [[{"text": "One."}], {"text": "One."}])
def test_one_document_over_many_lines_is_one_problem(tmp_path: Path, document: object) -> None:
    found = problem(read_content(tmp_path, "a.jsonl", json.dumps(document, indent=2)))
    assert (found.line, "one record a line" in found.problem) == (1, True)


def test_a_file_of_blank_lines_is_a_problem(tmp_path: Path) -> None:
    assert "empty file" in problem(read_content(tmp_path, "a.jsonl", "\n \r\n\n")).problem


@pytest.mark.parametrize("value", [1777917600, 1777917600.5, {"$date": "2026-05-04"}, ["2026-05-04"], True])
def test_a_date_of_another_type_is_ignored_with_a_warning(tmp_path: Path, value: object) -> None:
    warning, read = read_content(tmp_path, "a.jsonl", lines({"id": "a", "text": "One.", "published": value}))
    assert isinstance(warning, Problem)
    assert (warning.line, warning.skipped) == (1, False)
    assert isinstance(read, Article)
    assert read.published is None


def test_a_lone_surrogate_becomes_the_replacement_character(tmp_path: Path) -> None:
    read = article(
        read_content(tmp_path, "a.jsonl", '{"title": "Cut \\ud83d", "text": "Whole \\ud83d\\ude00, cut \\ud83d"}')
    )
    assert (read.title, read.text) == ("Cut \ufffd", "Whole 😀, cut \ufffd")
