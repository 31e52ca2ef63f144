"""An archive that is read-only or belongs to another user can be searched and listed; nothing in it is modified."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from test_index.fakes_archive import article, open_archive

from index import catalog
from index.database import Database
from index.errors import EnvironmentProblem
from index.files import signature_of
from index.types import Question


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "a"
    with open_archive(folder) as archive:
        archive.sync([article(number) for number in range(8)])
    return folder


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the folder is not writable, because root may write anywhere."""
    monkeypatch.setattr(catalog, "is_writable", lambda _: False)


QUESTION = Question("Was the ferry of Town3 closed?")


def found(folder: Path, question: Question = QUESTION) -> list[tuple[str, float]]:
    with open_archive(folder) as archive:
        return [(scored.chunk.id, scored.score) for scored in archive.search(question, 5)]


def test_a_read_only_archive_gives_the_same_results_and_is_not_modified(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = found(folder)
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    before = signature_of(folder)
    monkeypatch.setattr(catalog, "is_writable", lambda _: False)
    assert expected
    assert found(folder) == expected
    assert signature_of(folder) == before
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.usefixtures("read_only")
def test_a_missing_lexical_index_is_built_from_the_record(folder: Path) -> None:
    expected = found(folder)
    shutil.rmtree(folder / "lexical")
    shutil.rmtree(folder / "chroma")
    assert found(folder) == expected
    assert not (folder / "lexical").exists()


@pytest.mark.usefixtures("read_only")
def test_every_change_is_rejected_in_one_sentence(folder: Path) -> None:
    with open_archive(folder) as archive:
        for change in (lambda: archive.sync([]), lambda: archive.remove(["a1"]), archive.rebuild, archive.check):
            with pytest.raises(EnvironmentProblem, match="is read-only here"):
                change()
        assert archive.status().articles == 8


def test_a_read_only_archive_sees_what_another_process_adds(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as only_reading:
        only_reading.setattr(catalog, "is_writable", lambda _: False)
        reader = open_archive(folder)
    with reader, open_archive(folder) as writer:
        assert reader.search(Question("zeppelin"), 1)[0].chunk.article_id != "a99"
        writer.sync([article(99, "A zeppelin landed in Varn.", title="Zeppelin lands")])
        assert reader.search(Question("zeppelin"), 1)[0].chunk.article_id == "a99"
        assert len(reader.articles()) == 9


def test_a_record_that_changes_repeatedly_is_open_only_once(folder: Path) -> None:
    record, descriptors = folder / "catalog.sqlite", Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("this system does not list a process's open files")
    reader = Database(record, read_only=True)
    for second in range(5):
        os.utime(record, (second, second))
        assert reader.rows("SELECT count(*) FROM articles")[0][0] == 8
    assert [path.resolve() for path in descriptors.iterdir()].count(record.resolve()) == 1
    reader.close()


@pytest.mark.usefixtures("read_only")
def test_an_older_format_that_cannot_be_upgraded_is_reported(folder: Path) -> None:
    import sqlite3  # noqa: PLC0415

    with sqlite3.connect(folder / "catalog.sqlite") as record:
        record.execute("PRAGMA user_version = 2")
    record.close()
    with pytest.raises(EnvironmentProblem, match="written by an older Dateline"):
        open_archive(folder)


def test_a_search_without_write_permission_causes_no_system_error(folder: Path) -> None:
    as_nobody = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    if as_nobody and not shutil.which("setpriv"):
        pytest.skip("root may write anywhere, and setpriv is not installed to drop that privilege")
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    script = (
        "import sys; from pathlib import Path; from test_index.test_read_only_archive import found;"
        "print(len(found(Path(sys.argv[1]))))"
    )
    tests = Path(__file__).parents[1]
    done = subprocess.run(
        [*as_nobody, sys.executable, "-c", script, str(folder)],
        env={**os.environ, "PYTHONPATH": f"{tests}{os.pathsep}{tests.parent}"},
        capture_output=True,
        text=True,
        check=False,
    )
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "5", "")
