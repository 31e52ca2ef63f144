"""Careless and malicious files: hyphenated words, several articles on one page, aliases that expand to gigabytes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from test_index.fakes_files import article, pdf, problem, read_all, read_content

from index.lexical import LexicalIndex
from index.readers.hyphens import mend
from index.types import Article, Problem


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("The parlia-\nment met.", "The parliament met."),
        ("an-\nnouncing a de-\ncision", "announcing a decision"),
        ("Govern-\nment plans. The government said.", "Government plans. The government said."),
        ("The Skal-\nden mine. Mining in Skalden began.", "The Skalden mine. Mining in Skalden began."),
        ("a well-\nknown long-\nterm re-\nelection", "a well-\nknown long-\nterm re-\nelection"),
        ("the Skal-\nden mine", "the Skal-\nden mine"),
        ("the Skal\u00ad\nden mine", "the Skalden mine"),
        ("the 2-\nyear term of Smith-\nJones", "the 2-\nyear term of Smith-\nJones"),
    ],
)
def test_a_word_hyphenated_in_a_pdf_is_rejoined_only_if_that_is_certain(printed: str, read: str) -> None:
    assert mend(printed) == read


def test_hyphenated_words_are_rejoined_in_a_pdf_but_not_in_a_text_file(tmp_path: Path) -> None:
    lines = ["The parlia-", "ment met."]
    assert article(read_content(tmp_path, "a.pdf", pdf(lines))).text == "The parliament met."
    assert article(read_content(tmp_path, "a.txt", "\n".join(lines))).text == "The parlia-\nment met."


def test_a_hyphenated_word_is_found_joined_and_by_its_parts(tmp_path: Path) -> None:
    analyze = LexicalIndex(tmp_path).analyze
    assert set(analyze("the parlia-\nment")) >= set(analyze("the parliament"))
    assert set(analyze("a well-\nknown road")) >= {"well", "known"}


def test_invisible_characters_stay_in_the_text_but_do_not_affect_search(tmp_path: Path) -> None:
    words = "The parlia\u00adment of the coun\u2060try\ufeff, and its minis\u00ad\nters."
    assert article(read_content(tmp_path, "a.txt", words)).text == words
    plain = "The parliament of the country, and its ministers."
    assert LexicalIndex(tmp_path).analyze(words) == LexicalIndex(tmp_path).analyze(plain)


def test_yaml_aliases_that_expand_to_gigabytes_are_not_expanded(tmp_path: Path) -> None:
    levels = "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    content = f"---\na: &a [x, x, x, x, x, x, x, x, x]\n{levels}date: *k\ntitle: *k\n---\n\nThe words."
    warning, read = read_content(tmp_path, "a.md", content)
    assert isinstance(warning, Problem)
    assert isinstance(read, Article)
    assert "published date ignored" in warning.problem
    assert (read.text, read.title) == ("The words.", None)


def report(town: str) -> str:
    return f"The council of {town} voted on Monday to close the old harbour road for the whole of the summer. " * 4


def page(*parts: str) -> str:
    return f"<html><body>{''.join(f'<article>{part}</article>' for part in parts)}</body></html>"


def test_several_articles_on_one_page_cause_a_warning_that_names_them(tmp_path: Path) -> None:
    content = page(
        f"<h1>Road closes in Varn</h1><p>{report('Varn')}</p>",
        f"<h1>Road closes in Kolm</h1><p>{report('Kolm')}</p>",
    )
    warning, read = read_content(tmp_path, "front.html", content)
    assert isinstance(warning, Problem)
    assert isinstance(read, Article)
    assert warning.problem.startswith("2 articles on one page (“Road closes in Varn”, “Road closes in Kolm”)")
    assert not warning.skipped
    assert "Varn" in read.text


def test_a_page_with_an_article_and_teasers_has_one_article(tmp_path: Path) -> None:
    content = page(
        f"<h1>Road closes in Varn</h1><p>{report('Varn')}</p><h2>Why now</h2><p>{report('Lund')}</p>",
        "<h2>Ferry strike goes on</h2><p>Read more.</p>",
    )
    article(read_content(tmp_path, "a.html", content))


def test_the_same_relative_link_in_two_feeds_gives_two_ids(tmp_path: Path) -> None:
    ids = []
    for site in ("one", "two"):
        items = (
            "<item><link>/news/1</link><description>Rain.</description></item>"
            "<item><guid>g1</guid><description>Snow.</description></item>"
        )
        feed = (
            f'<rss version="2.0"><channel><title>P</title><link>https://{site}.example/</link>{items}</channel></rss>'
        )
        rain, snow = read_content(tmp_path, f"{site}.xml", feed)
        assert isinstance(rain, Article)
        assert isinstance(snow, Article)
        assert rain.url == f"https://{site}.example/news/1"
        assert (snow.id, snow.url) == ("g1", None)
        ids.append(rain.id)
    assert len(set(ids)) == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('[{"text": "Rain."}, {"text": "Snow."}]', "a list of 2 records; expected one record a line (for example: jq"),
        ('{"text": "Rain."}\n'.encode("utf-16"), "UTF-16, which JSON lines are not; save it as UTF-8: iconv"),
    ],
)
def test_json_that_is_not_utf_8_json_lines_is_a_problem_with_a_fix(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    found = problem(read_content(tmp_path, "a.jsonl", content))
    assert found.line == 1
    assert found.problem.startswith(sentence)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_a_name_the_locale_cannot_represent_differs_from_one_that_is_not_utf_8(tmp_path: Path) -> None:
    (tmp_path / "é.txt").write_text("Rain in Varn.")
    (tmp_path / "\udcff.txt").write_text("Snow in Varn.")
    assert {each.problem.partition(",")[0] for each in read_all(tmp_path) if isinstance(each, Problem)} == {
        "the file's name is not UTF-8"
    }
    script = (
        "import sys; from pathlib import Path; from index.corpus import read_paths;"
        "[print(ascii(each.problem)) for each in read_paths([Path(sys.argv[1])], max_bytes=1000)]"
    )
    ascii_only = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PATH": ""}
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=ascii_only,
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(line.split()[1] for line in done.stdout.splitlines()) == ["file's", "locale's"]
