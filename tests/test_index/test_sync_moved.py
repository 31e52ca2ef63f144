"""Moved files keep their articles, and two files with the same id do not silently replace each other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from test_index.fakes_archive import open_archive
from test_index.fakes_files import LIMIT

from index.archive import Archive
from index.catalog import Catalog
from index.corpus import read_paths
from index.known import Known
from index.readers.source import file_id
from index.types import Article, SyncReport


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    with open_archive(tmp_path / "a") as archive:
        yield archive


def add(archive: Archive, *paths: Path, mirror: bool = False) -> SyncReport:
    return archive.sync(read_paths(paths, max_bytes=LIMIT), mirror_roots=paths if mirror else ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(f"The council of town {number} voted on Monday about its river.")
    return folder


def ids(archive: Archive) -> set[str]:
    return {one.id for one in archive.articles()}


def test_the_files_of_a_moved_folder_are_the_same_articles(archive: Archive, folder: Path, tmp_path: Path) -> None:
    add(archive, folder)
    before = ids(archive)
    there = folder.rename(tmp_path / "elsewhere")
    report = add(archive, there, mirror=True)
    assert (report.articles, report.moved, report.removed) == (4, 4, 0)
    assert ids(archive) == before
    assert {one.path for one in archive.articles()} == set(there.iterdir())
    again = add(archive, there, mirror=True)
    assert (again.kept, again.added, again.removed, again.moved) == (4, 0, 0, 0)


def test_files_edited_or_deleted_after_a_move_are_matched_by_their_new_paths(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    add(archive, folder)
    before = ids(archive)
    there = folder.rename(tmp_path / "elsewhere")
    add(archive, there)
    (there / "0.txt").write_text("Nothing of what stood here before is left.")
    (there / "1.txt").unlink()
    report = add(archive, there, mirror=True)
    assert (report.articles, report.added, report.removed) == (3, 1, 1)
    assert ids(archive) < before


def test_a_copied_file_is_a_separate_article(archive: Archive, folder: Path, tmp_path: Path) -> None:
    add(archive, folder)
    (tmp_path / "copy.txt").write_text((folder / "0.txt").read_text())
    report = add(archive, tmp_path / "copy.txt")
    assert (report.articles, report.moved) == (5, 0)


def test_two_identical_files_that_moved_each_keep_one_id(archive: Archive, folder: Path, tmp_path: Path) -> None:
    (folder / "1.txt").write_text((folder / "0.txt").read_text())
    add(archive, folder)
    report = add(archive, folder.rename(tmp_path / "elsewhere"))
    assert (report.articles, report.moved) == (4, 4)


def test_a_file_with_other_fields_does_not_get_the_id_of_a_missing_file(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    add(archive, folder)
    text = (folder / "0.txt").read_text()
    (folder / "0.txt").unlink()
    (tmp_path / "0.txt").write_text(f"Published: 2026-05-04\n\n{text}")
    report = add(archive, tmp_path / "0.txt")
    assert (report.articles, report.moved) == (5, 0)


def test_a_new_file_at_the_path_of_a_moved_one_is_a_separate_article(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    add(archive, folder / "0.txt")
    for day in ("Monday", "Tuesday"):
        (folder / "0.txt").rename(tmp_path / f"{day}.txt")
        add(archive, tmp_path / f"{day}.txt")
        (folder / "0.txt").write_text(f"The senate approved a vaccine the day after {day}.")
        assert not add(archive, folder / "0.txt").problems
    files = [folder / "0.txt", tmp_path / "Monday.txt", tmp_path / "Tuesday.txt"]
    again = add(archive, *files, mirror=True)
    assert (again.articles, again.kept, again.added, again.problems) == (3, 3, 0, ())
    assert {one.path: archive.article(one.id).text for one in archive.articles()} == {f: f.read_text() for f in files}


def test_identical_files_are_looked_up_once(tmp_path: Path) -> None:
    class Counted(Catalog):
        asked = 0

        def articles_saying(self, text: str) -> list[Article]:
            self.asked += 1
            return super().articles_saying(text)

    catalog = Counted(tmp_path / "a", create=True)
    known = Known(catalog)
    for number in range(5):
        path = tmp_path / f"{number}.txt"
        assert known.as_known(Article(file_id(path), "", "Subscribe to read on.", path=path)).id == file_id(path)
    assert catalog.asked == 1
    catalog.close()


def test_a_file_that_cannot_be_inspected_does_not_count_as_missing(archive: Archive, tmp_path: Path) -> None:
    there = tmp_path / ("a" * 300)  # the system cannot tell whether such a long name exists
    archive.sync([Article(file_id(there), "", "The mayor of Varn resigned on Monday.", path=there)])
    here = tmp_path / "here.txt"
    here.write_text("The mayor of Varn resigned on Monday.")
    report = add(archive, here)
    assert (report.articles, report.moved) == (2, 0)


def jsonl(path: Path, text: str) -> Path:
    path.write_text(json.dumps({"id": "1", "text": text}) + "\n")
    return path


def test_replacing_an_unrelated_article_of_another_file_causes_a_warning(archive: Archive, tmp_path: Path) -> None:
    first = jsonl(tmp_path / "one.jsonl", "The harbour of Varn burned on Monday night, the fire brigade said.")
    add(archive, first)
    [problem] = add(
        archive, jsonl(tmp_path / "two.jsonl", "The senate approved a new vaccine against measles.")
    ).problems
    assert (problem.path, problem.skipped) == (tmp_path / "two.jsonl", False)
    assert f"has the same id '1' as the article in {first}" in problem.problem
    assert len(archive.versions("1")) == 2


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("two.jsonl", "The harbour of Varn burned on Monday night, the fire brigade said. Two people were hurt."),
        ("one.jsonl", "The senate approved a new vaccine against measles."),
    ],
)
def test_a_new_version_of_an_article_causes_no_warning(archive: Archive, tmp_path: Path, name: str, text: str) -> None:
    add(archive, jsonl(tmp_path / "one.jsonl", "The harbour of Varn burned on Monday night, the fire brigade said."))
    report = add(archive, jsonl(tmp_path / name, text))
    assert (report.added, report.problems) == (1, ())
