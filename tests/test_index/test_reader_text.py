"""Plain text and Markdown yield the metadata they state and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_index.fakes_files import article, problem, read_content

from index.types import Article, Problem

BODY = "The dam above Varn cracked on Monday.\n\nTwelve people were hurt."


def test_header_lines_above_a_blank_line_are_metadata(tmp_path: Path) -> None:
    head = (
        "Title: Dam wall cracks\nSource: The Varn Courier\nBy: Jane Roe\nPublished: 4 May 2026, 18:00 UTC\n"
        "Updated: 2026-05-05\nURL: https://varn.example/dam\nId: vc-17\nSection: Region\n"
    )
    assert article(read_content(tmp_path, "dam.txt", f"{head}\n{BODY}\n")) == Article(
        id="vc-17",
        title="Dam wall cracks",
        text=BODY,
        url="https://varn.example/dam",
        outlet="The Varn Courier",
        author="Jane Roe",
        published=datetime(2026, 5, 4, 18, tzinfo=UTC),
        updated=datetime(2026, 5, 5, tzinfo=UTC),
        path=tmp_path / "dam.txt",
    )


def test_a_header_may_continue_on_an_indented_line(tmp_path: Path) -> None:
    read = article(read_content(tmp_path, "a.txt", f"Title: Dam wall\n  cracks again\nOutlet: Courier\n\n{BODY}"))
    assert read.title == "Dam wall cracks again"


@pytest.mark.parametrize(
    "first",
    [
        "Kyiv: what we know so far",
        "Updated: 3 dead in factory fire",
        "Source: Ministry knew of crack",
        "By Royal Appointment",
    ],
)
def test_a_headline_that_looks_like_a_header_stays_in_the_text(tmp_path: Path, first: str) -> None:
    read = article(read_content(tmp_path, "a.txt", f"{first}\n\n{BODY}"))
    assert read.text.startswith(first)
    assert read.outlet is None
    assert read.author is None
    assert read.published is None


def test_an_unstated_field_is_none_and_the_date_of_the_file_is_never_used(tmp_path: Path) -> None:
    read = article(read_content(tmp_path, "2026-05-04-dam.txt", "The dam above Varn cracked on Monday."))
    assert (read.title, read.outlet, read.author, read.url) == (None, None, None, None)
    assert (read.published, read.updated) == (None, None)


def test_a_headline_in_the_text_is_the_title_and_stays_there(tmp_path: Path) -> None:
    text = f"Dam Wall Cracks Above Varn\n\n{BODY}"
    read = article(read_content(tmp_path, "a.txt", text))
    assert (read.title, read.text) == ("Dam Wall Cracks Above Varn", text)


def test_a_first_line_that_repeats_the_stated_title_is_removed(tmp_path: Path) -> None:
    plain = article(read_content(tmp_path, "a.txt", f"Title: Dam wall cracks\n\nDam wall cracks\n\n{BODY}"))
    marked = article(read_content(tmp_path, "a.md", f"---\ntitle: Dam wall cracks\n---\n# Dam wall cracks\n\n{BODY}"))
    assert (plain.title, plain.text) == (marked.title, marked.text) == ("Dam wall cracks", BODY)


@pytest.mark.parametrize(
    "first",
    [
        "The dam cracked on Monday.",
        "“The dam cracked on Monday.”",
        "- First key point of the day",
        "KYIV, Ukraine (AP) —",
        "New York CNN —",
        "Key points of the day:",
        "Netflix",
        "and then it all went wrong",
        "A headline that goes on and on " * 6,
    ],
)
def test_a_first_line_that_does_not_clearly_read_as_a_headline_is_not_the_title(tmp_path: Path, first: str) -> None:
    assert article(read_content(tmp_path, "a.txt", f"{first}\n\n{BODY}")).title is None


def test_a_first_line_without_a_blank_line_below_is_not_the_title(tmp_path: Path) -> None:
    assert article(read_content(tmp_path, "a.txt", f"Dam Wall Cracks Above Varn\n{BODY}")).title is None


def test_byline_and_dates_are_read_from_separate_lines_below_the_headline(tmp_path: Path) -> None:
    stamp = "Published 4 May 2026, 18:00 UTC | Updated May 5, 2026"
    text = f"Dam Wall Cracks Above Varn\n\nBy Jane Roe and J. van der Berg\n{stamp}\n\n{BODY}"
    read = article(read_content(tmp_path, "a.txt", text))
    assert read.author == "Jane Roe and J. van der Berg"
    assert (read.published, read.updated) == (datetime(2026, 5, 4, 18, tzinfo=UTC), datetime(2026, 5, 5, tzinfo=UTC))
    assert read.text == text


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the water had gone.",
        "By then",
        "By the time Jane Roe arrived",
        "Published 4 May",
        "Updated figures are due",
    ],
)
def test_a_sentence_of_the_text_is_neither_byline_nor_date(tmp_path: Path, line: str) -> None:
    read = article(read_content(tmp_path, "a.txt", f"Dam Wall Cracks Above Varn\n\n{line}\n\n{BODY}"))
    assert (read.author, read.published, read.updated) == (None, None, None)


def test_yaml_values_are_kept_as_written(tmp_path: Path) -> None:
    head = "---\nid: 0123\ntitle: No\nauthor: [Jane Roe, John Doe]\ndate: 2026-05-04\noutlet: null\ntags: [a, b]\n---\n"
    read = article(read_content(tmp_path, "a.md", head + BODY))
    assert (read.id, read.title, read.author, read.outlet) == ("0123", "No", "Jane Roe, John Doe", None)
    assert read.published == datetime(2026, 5, 4, tzinfo=UTC)


def test_text_between_two_horizontal_rules_is_text(tmp_path: Path) -> None:
    text = f"---\nJust a motto\n---\n{BODY}"
    assert article(read_content(tmp_path, "a.md", text)).text == text


def test_a_single_horizontal_rule_is_text(tmp_path: Path) -> None:
    assert article(read_content(tmp_path, "a.md", f"---\n{BODY}")).text == f"---\n{BODY}"


def test_broken_front_matter_is_a_problem_with_its_line(tmp_path: Path) -> None:
    found = problem(read_content(tmp_path, "a.md", f"---\ntitle: Dam\nauthor: [Jane\n---\n{BODY}"))
    assert (found.path, found.line, found.skipped) == (tmp_path / "a.md", 4, True)
    assert "fix the YAML between the --- lines" in found.problem


def test_deeply_nested_front_matter_is_a_problem(tmp_path: Path) -> None:
    found = problem(read_content(tmp_path, "a.md", "---\ntitle: " + "[" * 3000 + "\n---\n" + BODY))
    assert "front matter" in found.problem


def test_toml_front_matter_is_a_problem_that_names_yaml(tmp_path: Path) -> None:
    assert "YAML" in problem(read_content(tmp_path, "a.md", f"+++\ntitle = 'Dam'\n+++\n{BODY}")).problem


@pytest.mark.parametrize("heading", ["# Dam wall cracks", "# Dam wall cracks #", "Dam wall cracks\n====="])
def test_a_first_level_heading_at_the_start_of_markdown_is_the_title(tmp_path: Path, heading: str) -> None:
    read = article(read_content(tmp_path, "a.md", f"{heading}\n\n{BODY}"))
    assert (read.title, read.text) == ("Dam wall cracks", f"{heading}\n\n{BODY}")


def test_an_ambiguous_date_is_ignored_with_a_warning_and_the_article_is_read(tmp_path: Path) -> None:
    warning, read = read_content(tmp_path, "a.txt", f"Title: Dam\nPublished: 03/04/2026\n\n{BODY}")
    assert isinstance(warning, Problem)
    assert not warning.skipped
    assert "2026-04-03 or 2026-03-04" in warning.problem
    assert isinstance(read, Article)
    assert read.published is None


def test_an_invalid_url_is_ignored_with_a_warning(tmp_path: Path) -> None:
    warning, read = read_content(tmp_path, "a.txt", f"Title: Dam\nURL: javascript:alert(1)\n\n{BODY}")
    assert isinstance(warning, Problem)
    assert "javascript:alert(1)" in warning.problem
    assert isinstance(read, Article)
    assert read.url is None


def test_only_line_ends_control_characters_and_outer_space_are_changed(tmp_path: Path) -> None:
    printed = "\ufeff \r\nCafe\u0301 “closed”\r\nat\tnoon\x07\rand\x0cat  six\u2028.\n\n \u00a0"
    read = article(read_content(tmp_path, "a.txt", printed))
    assert read.text == "Cafe\u0301 “closed”\nat\tnoon\nand\nat  six\u2028."


@pytest.mark.parametrize("content", ["", " \n\t\r\n", "\ufeff", "---\ntitle: Only a title\n---\n", "* * *\n"])
def test_a_file_without_text_is_a_problem(tmp_path: Path, content: str) -> None:
    assert "put the article's text" in problem(read_content(tmp_path, "a.md", content)).problem
