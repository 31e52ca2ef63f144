"""Files that are moved stay the same articles, and two files with one id do not take each other's place unseen."""

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


def test_a_moved_folder_holds_the_same_articles(archive: Archive, folder: Path, tmp_path: Path) -> None:
    add(archive, folder)
    before = ids(archive)
    there = folder.rename(tmp_path / "elsewhere")
    report = add(archive, there, mirror=True)
    assert (report.articles, report.moved, report.removed) == (4, 4, 0)
    assert ids(archive) == before
    assert {one.path for one in archive.articles()} == set(there.iterdir())
    again = add(archive, there, mirror=True)
    assert (again.kept, again.added, again.removed, again.moved) == (4, 0, 0, 0)


def test_what_is_edited_or_deleted_after_the_move_is_known_by_its_new_place(
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


def test_a_copy_is_an_article_of_its_own(archive: Archive, folder: Path, tmp_path: Path) -> None:
    add(archive, folder)
    (tmp_path / "copy.txt").write_text((folder / "0.txt").read_text())
    report = add(archive, tmp_path / "copy.txt")
    assert (report.articles, report.moved) == (5, 0)


def test_of_two_files_alike_each_takes_the_place_of_one_that_is_gone(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    (folder / "1.txt").write_text((folder / "0.txt").read_text())
    add(archive, folder)
    report = add(archive, folder.rename(tmp_path / "elsewhere"))
    assert (report.articles, report.moved) == (4, 4)


def test_a_file_that_is_gone_gives_its_id_to_nothing_that_says_more_or_less(
    archive: Archive, folder: Path, tmp_path: Path
) -> None:
    add(archive, folder)
    text = (folder / "0.txt").read_text()
    (folder / "0.txt").unlink()
    (tmp_path / "0.txt").write_text(f"Published: 2026-05-04\n\n{text}")
    report = add(archive, tmp_path / "0.txt")
    assert (report.articles, report.moved) == (5, 0)


def test_what_takes_the_place_of_a_moved_file_is_an_article_of_its_own(
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


def test_of_files_that_say_the_same_the_archive_is_asked_once_who_says_it(tmp_path: Path) -> None:
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


def test_a_file_that_cannot_be_looked_at_is_not_taken_for_gone(archive: Archive, tmp_path: Path) -> None:
    there = tmp_path / ("a" * 300)  # the system refuses to say whether a name this long exists
    archive.sync([Article(file_id(there), "", "The mayor of Varn resigned on Monday.", path=there)])
    here = tmp_path / "here.txt"
    here.write_text("The mayor of Varn resigned on Monday.")
    report = add(archive, here)
    assert (report.articles, report.moved) == (2, 0)


def jsonl(path: Path, text: str) -> Path:
    path.write_text(json.dumps({"id": "1", "text": text}) + "\n")
    return path


def test_an_article_that_replaces_another_files_is_told_where_they_have_nothing_in_common(
    archive: Archive, tmp_path: Path
) -> None:
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
def test_a_new_version_of_an_article_is_no_mistake(archive: Archive, tmp_path: Path, name: str, text: str) -> None:
    add(archive, jsonl(tmp_path / "one.jsonl", "The harbour of Varn burned on Monday night, the fire brigade said."))
    report = add(archive, jsonl(tmp_path / name, text))
    assert (report.added, report.problems) == (1, ())
