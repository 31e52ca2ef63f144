"""Paths are read in a stable order, nothing is read twice, and nothing is skipped silently."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_index.fakes_files import LIMIT, article, problem, read_all

from index.corpus import read_paths
from index.types import Article, Problem

TEXT = "It cracked on Monday."


def put(path: Path, text: str = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def names(items: list[Article | Problem]) -> list[str]:
    return [item.path.name if isinstance(item, Article) and item.path else "problem" for item in items]


def test_a_folder_yields_its_files_by_name_then_its_subfolders(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/m/x.md", "c/y.txt", "A.txt", "10.txt", "9.txt"):
        put(tmp_path / name)
    expected = ["10.txt", "9.txt", "A.txt", "b.txt", "z.txt", "x.md", "y.txt"]
    assert names(read_all(tmp_path)) == expected
    assert names(read_all(tmp_path)) == expected


def test_hidden_files_and_folders_are_skipped(tmp_path: Path) -> None:
    for name in ("a.txt", ".b.txt", ".git/c.txt"):
        put(tmp_path / name)
    assert names(read_all(tmp_path)) == ["a.txt"]


def test_files_of_other_types_in_a_folder_are_counted_but_are_not_problems(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jpg", "c.JPG", "README", "d/e.css"):
        put(tmp_path / name)
    reading = read_paths([tmp_path], max_bytes=LIMIT)
    assert names(list(reading)) == ["a.txt"]
    assert reading.left_out == {".jpg": 2, ".css": 1, "no type": 1}


def test_a_given_file_of_another_type_is_a_problem_that_lists_the_supported_types(tmp_path: Path) -> None:
    found = problem(read_all(put(tmp_path / "b.jpg")))
    assert (found.path, found.line, found.skipped) == (tmp_path / "b.jpg", None, True)
    assert ".jsonl" in found.problem


def test_the_suffix_determines_the_type_ignoring_case(tmp_path: Path) -> None:
    assert article(read_all(put(tmp_path / "A.TXT"))).text == TEXT


def test_a_path_that_does_not_exist_is_a_problem_and_the_others_are_read(tmp_path: Path) -> None:
    missing, read = read_all(tmp_path / "nowhere", put(tmp_path / "a.txt"))
    assert missing == Problem(tmp_path / "nowhere", None, "no such file or folder; check the spelling")
    assert isinstance(read, Article)


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"])
def test_a_path_that_cannot_exist_is_a_problem(name: str) -> None:
    assert problem(read_all(Path(name))).problem


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    put(tmp_path / "a.jpg")
    assert "no articles in this folder" in problem(read_all(tmp_path)).problem


def test_a_file_reached_twice_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path / "news" / "a.txt")
    (tmp_path / "link.txt").symlink_to(path)
    monkeypatch.chdir(tmp_path)
    assert names(
        read_all(path, path, Path("news/a.txt"), tmp_path / "news" / ".." / "news", tmp_path / "link.txt")
    ) == ["a.txt"]


def test_links_out_of_a_folder_are_counted_and_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "outside" / "secret.txt")
    put(tmp_path / "news" / "a.txt")
    (tmp_path / "news" / "b.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (tmp_path / "news" / "c").symlink_to(tmp_path / "outside")
    (tmp_path / "news" / "d.txt").symlink_to(tmp_path / "nowhere.txt")
    reading = read_paths([tmp_path / "news"], max_bytes=LIMIT)
    assert names(list(reading)) == ["a.txt"]
    assert reading.left_out == {"link": 3}


def test_links_inside_a_folder_add_nothing_and_cycles_end(tmp_path: Path) -> None:
    put(tmp_path / "a" / "one.txt")
    (tmp_path / "a" / "again.txt").symlink_to("one.txt")
    (tmp_path / "a" / "circle").symlink_to(tmp_path)
    (tmp_path / "a" / "self.txt").symlink_to("self.txt")
    assert names(read_all(tmp_path)) == ["one.txt"]


def test_a_given_link_is_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere" / "a.txt")
    (tmp_path / "news").symlink_to(tmp_path / "elsewhere")
    assert names(read_all(tmp_path / "news")) == ["a.txt"]


def test_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as server:
        here = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket is limited to about a hundred characters
        try:
            server.bind("socket.txt")
        finally:
            os.chdir(here)
        assert "neither a file nor a folder" in problem(read_all(tmp_path / "pipe.txt")).problem
        assert "no articles" in problem(read_all(tmp_path)).problem


@pytest.fixture
def somebody_else(tmp_path: Path) -> Iterator[None]:
    """Run as the user nobody if the tests run as root, who may read everything."""
    if os.geteuid() != 0:
        yield
        return
    own = 3 if "PYTEST_XDIST_WORKER" in os.environ else 2  # a worker's folders are one level deeper
    for folder in (tmp_path, *list(tmp_path.parents)[:own]):
        folder.chmod(0o755)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_opened_is_a_problem_and_the_others_are_read(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    put(tmp_path / "news" / "a.txt").chmod(0)
    put(tmp_path / "news" / "b.txt").chmod(0o644)
    put(tmp_path / "news" / "closed" / "c.txt")
    (tmp_path / "news").chmod(0o755)
    (tmp_path / "news" / "closed").chmod(0)
    request.getfixturevalue("somebody_else")
    first, second, third = read_all(tmp_path / "news")
    assert isinstance(first, Problem)
    assert (first.path.name, "Permission denied" in first.problem) == ("a.txt", True)
    assert isinstance(second, Article)
    assert isinstance(third, Problem)
    assert (third.path.name, "Permission denied" in third.problem) == ("closed", True)


def test_a_file_over_the_size_limit_is_a_problem_and_one_at_the_limit_is_read(tmp_path: Path) -> None:
    found = problem(read_all(put(tmp_path / "a.txt", "x" * 11), max_bytes=10))
    assert "max_file_mb" in found.problem
    assert article(read_all(put(tmp_path / "a.txt", "x" * 10), max_bytes=10)).text == "x" * 10


def test_a_file_name_that_is_not_utf_8_is_a_problem_that_can_be_printed(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text(TEXT)
    except OSError:
        pytest.skip("this file system accepts only UTF-8 names")
    found = problem(read_all(tmp_path))
    assert str(found.path).encode().endswith(rb"caf\xe9.txt")


def test_the_id_of_a_file_is_readable_and_does_not_depend_on_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "Dam wall_cracks (2).txt")
    absolute = article(read_all(path))
    monkeypatch.chdir(tmp_path)
    assert article(read_all(Path(path.name))) == absolute
    stem, _, digits = absolute.id.rpartition("-")
    assert (stem, len(digits), absolute.path) == ("dam-wall-cracks-2", 8, path)


def test_files_with_the_same_name_in_two_folders_have_different_ids(tmp_path: Path) -> None:
    put(tmp_path / "a" / "dam.txt")
    put(tmp_path / "b" / "dam.txt")
    assert len({item.id for item in read_all(tmp_path) if isinstance(item, Article)}) == 2


def test_a_second_article_with_the_same_id_is_a_problem_that_names_both_places(tmp_path: Path) -> None:
    put(tmp_path / "a.jsonl", '{"id": "1", "text": "One."}\n{"id": "2", "text": "Two."}\n')
    put(tmp_path / "b.md", "---\nid: 2\n---\nAnother two.")
    items = read_all(tmp_path)
    assert [item.text for item in items if isinstance(item, Article)] == ["One.", "Two."]
    (clash,) = (item for item in items if isinstance(item, Problem))
    assert clash.path == tmp_path / "b.md"
    assert f"{tmp_path / 'a.jsonl'}, line 2" in clash.problem


def test_a_duplicate_record_is_ignored(tmp_path: Path) -> None:
    record = '{"id": "1", "text": "One.", "date": "2026-05-04"}\n'
    put(tmp_path / "a.jsonl", record * 3)
    put(tmp_path / "b.jsonl", record)
    assert article(read_all(tmp_path)).id == "1"


def test_articles_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    os.mkfifo(tmp_path / "never-opened.txt")
    put(path, "".join(f'{{"id": "{number}", "text": "One."}}\n' for number in range(1000)))
    reading = read_paths([path, tmp_path / "nowhere"], max_bytes=LIMIT)
    first = next(reading)
    assert isinstance(first, Article)
    assert first.id == "0"
    assert len(list(reading)) == 1000
