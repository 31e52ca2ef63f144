"""Errors of the operating system (disk full, permissions, invalid paths) give one sentence and lose no data."""

from __future__ import annotations

import errno
import os
import sqlite3
from pathlib import Path

import pytest
from test_index.fakes_archive import article, open_archive

from index.archive import Archive
from index.cutting import BATCH
from index.database import Database
from index.errors import ArchiveBusy, EnvironmentProblem
from index.lock import WriteLock
from index.types import Question


def test_a_folder_that_cannot_be_created_is_reported_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match="cannot be created \\(Not a directory\\)"):
        open_archive(tmp_path / "file" / "a")


def test_a_path_that_the_system_rejects_is_an_environment_problem(tmp_path: Path) -> None:
    for ask in (Archive.exists, open_archive):
        with pytest.raises(EnvironmentProblem, match="cannot be accessed \\(File name too long\\)"):
            ask(tmp_path / ("a" * 300))


def test_a_full_disk_is_reported_rather_than_the_rollback_that_failed_after_it(tmp_path: Path) -> None:
    database = Database(tmp_path / "catalog.sqlite")
    pages = database.rows("PRAGMA page_count")[0][0]
    database.rows(f"PRAGMA max_page_count = {pages + 2}")  # SQLite raises the same error as for a full disk

    def fill() -> None:
        with database.transaction() as db:
            db.execute("INSERT INTO meta VALUES ('a', ?)", ["x" * 1_000_000])

    with pytest.raises(EnvironmentProblem, match="disk is full"):
        fill()
    assert database.rows("SELECT count(*) FROM meta WHERE key = 'a'")[0][0] == 0
    database.close()


def test_a_transaction_that_sqlite_ended_itself_reports_the_original_error(tmp_path: Path) -> None:
    database = Database(tmp_path / "catalog.sqlite")

    def ended() -> None:
        with database.transaction() as db:
            db.execute("ROLLBACK")
            raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(EnvironmentProblem, match="disk is full"):
        ended()
    database.close()


def test_a_lock_that_cannot_be_written_is_reported_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    lock = WriteLock(tmp_path)
    with monkeypatch.context() as disk:
        disk.setattr(Path, "write_text", full)
        with pytest.raises(EnvironmentProblem, match="No space left"), lock.held():
            pass
    with lock.held():  # the failed attempt has released the lock
        pass
    (tmp_path / "lock").unlink()
    (tmp_path / "lock").mkdir()
    assert lock.writer() is None
    with pytest.raises(EnvironmentProblem, match="Is a directory"), lock.held():
        pass


def test_a_check_during_a_write_names_the_writer_and_reports_no_faults(tmp_path: Path) -> None:
    with open_archive(tmp_path / "a") as archive:
        archive.sync([article(1)])
        with WriteLock(tmp_path / "a").held(), pytest.raises(ArchiveBusy, match="is being written by process"):
            archive.check()
        assert archive.check() == []


def test_in_a_new_archive_the_first_articles_are_found_before_the_last_is_read(tmp_path: Path) -> None:
    seen: list[int] = []

    def reading() -> object:
        for number in range(2 * BATCH + 1):
            yield article(number)
        with open_archive(tmp_path / "a") as reader:
            seen.append(len(reader.search(Question("ferry"), 5)))

    with open_archive(tmp_path / "a") as writer:
        writer.sync(reading())  # type: ignore[arg-type]
    assert seen == [5]


def test_the_text_of_an_article_is_read_once_and_not_once_per_chunk(tmp_path: Path) -> None:
    import tracemalloc  # noqa: PLC0415

    text = " ".join(f"The council of town {number} voted on Monday about its river." for number in range(1500))
    with open_archive(tmp_path / "a") as archive:
        archive.sync([article(1, text)])
        chunks = archive._catalog.chunk_ids()
        assert len(chunks) > 200
        tracemalloc.start()
        archive._catalog.entries(chunks)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20 * len(text)
