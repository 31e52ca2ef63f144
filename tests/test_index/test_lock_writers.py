"""Only one process can write at a time; errors name the writer, and a dead writer holds no lock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_index.fakes_archive import article, open_archive

from index.errors import ArchiveBusy
from index.lock import WriteLock
from index.types import Question

HOLDER = """
import sys, time
from pathlib import Path
from index.lock import WriteLock
with WriteLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock of the archive in tmp_path."""
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_error_of_a_second_writer_names_the_first(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    with pytest.raises(ArchiveBusy, match=rf"process {holder.pid} on .+ since 20"), WriteLock(tmp_path).held():
        pytest.fail("two writers")
    assert WriteLock(tmp_path).writer() is not None


def test_a_killed_writer_does_not_hold_the_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "lock.json").exists()  # left behind by the killed process
    assert WriteLock(tmp_path).writer() is None
    with WriteLock(tmp_path).held():
        assert WriteLock(tmp_path).writer() is not None


def test_the_lock_is_released_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="boom"), WriteLock(tmp_path).held():
        raise ValueError("boom")
    assert WriteLock(tmp_path).writer() is None
    assert not (tmp_path / "lock.json").exists()


def test_two_archive_objects_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    with (
        WriteLock(tmp_path).held(),
        open_archive(tmp_path) as archive,
        pytest.raises(ArchiveBusy, match=str(os.getpid())),
    ):
        archive.sync([article(1)])


def test_an_archive_can_be_searched_while_it_is_being_written(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with open_archive(tmp_path) as archive:
        archive.sync([article(1)])
    with WriteLock(tmp_path).held(), open_archive(tmp_path) as reader:
        assert [hit.chunk.article_id for hit in reader.search(Question("Town1"), 1)] == ["a1"]
        assert reader.status().writer is not None
