"""The command line with bad input: one sentence, the documented exit code, nothing created and nothing lost."""

from __future__ import annotations

import errno
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from test_index.fakes_index import HashingEmbedder

from index.archive import Archive
from index.errors import BadInput
from index.lock import WriteLock
from index.types import Question
from ui.batch import objects, question_from
from ui.cli import main
from ui.commands.add import path_shown

Ran = tuple[int, str, str]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Ran]:
    """Run the command in this process, in its own folder, without loading a model."""
    monkeypatch.setattr("rag.opening.embedder", lambda _: HashingEmbedder())
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Ran:
        capfd.readouterr()
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        assert "unexpected" not in err
        return int(str(left.value.code)), out, err

    return run


def news(path: Path, count: int = 3) -> Path:
    lines = (
        {"id": f"n{at}", "text": f"The council of town {at} voted on Monday.", "outlet": "P"} for at in range(count)
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.mark.parametrize("given", ["/nowhere-at-all", "empty", "unreadable.pdf", "odd.exe"])
def test_an_archive_is_only_created_if_there_is_an_article_for_it(
    given: str, run: Callable[..., Ran], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "unreadable.pdf").write_text("no PDF")
    (tmp_path / "odd.exe").touch()
    code, out, err = run("add", given, "--json", "--archive", "new/a")
    assert (code, json.loads(out)["skipped"], json.loads(out)["articles"]) == (2, 1, 0)
    assert "No article could be read from" in err
    assert not (tmp_path / "new").exists()


def test_problems_before_the_first_article_are_reported_too(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    news(tmp_path / "b.jsonl")
    code, out, err = run("add", ".")
    assert (code, out) == (0, "3 articles in the archive: 3 added, 0 kept, 0 removed, 1 skipped.\n")
    assert err.startswith("a.txt: empty file")


@pytest.mark.parametrize("arguments", [["add", ""], ["list", "--archive", ""], ["--archive", "", "list"]])
def test_an_empty_path_is_rejected_and_never_means_the_current_folder(
    arguments: list[str], run: Callable[..., Ran], tmp_path: Path
) -> None:
    news(tmp_path / "n.jsonl")
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "the path is empty" in err
    assert not (tmp_path / ".dateline").exists()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["search", "   "], "Type a question first."),
        (["ask", "\t"], "Type a question first."),
        (["ask", "x" * 1001], "may have at most 1,000 characters"),
        (["search", "x", "--since", "2026-05-05", "--until", "2026-05-04"], "since is after until"),
        (["ask", "--batch", "-", "--since", "2026-05-05", "--until", "2026-05-04"], "since is after until"),
        (["search", "--batch", "gone.jsonl"], "gone.jsonl cannot be read"),
    ],
)
def test_an_invalid_question_limit_or_batch_file_is_rejected_in_one_sentence(
    arguments: list[str], sentence: str, run: Callable[..., Ran]
) -> None:
    assert run("add", news(Path("n.jsonl")))[0] == 0
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert sentence in err


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("[" * 100_000, "not JSON (nested too deeply)"),
        ('{"id": ' + "9" * 5000 + ', "question": "x"}', "not JSON (a number is too long)"),
        ('{"id": 1, "question":\n', "not JSON (Expecting value at column 22)"),
        ("null", "found null"),
        ("[1]", "found a list"),
        ('{"id": 1, "question": "%s"}' % ("x" * 1001), '"question" has 1,001 characters; at most 1,000 are allowed'),
        ('{"id": 1, "question": "x", "asof": "2026-05-04"}', 'there is no field "asof"; did you mean "as_of"?'),
        ('{"id": 1, "question": "x", "as-of": "2026-05-04"}', 'did you mean "as_of"'),
        ('{"id": 1, "question": "x", "outlet": "P"}', 'did you mean "outlets"'),
        ('{"id": 1, "question": "x", "since": "2026-05-05", "until": "2026-05-04"}', "since is after until"),
    ],
)
def test_a_bad_line_of_a_batch_is_named_with_its_number(line: str, sentence: str) -> None:
    stream = io.BytesIO(b'{"id": 0, "question": "x", "note": "kept for the reader"}\n' + line.encode())
    records = objects("q.jsonl", stream)
    assert question_from(*next(records), Question(""))[0] == "0"
    with pytest.raises(BadInput) as problem:
        question_from(*next(records), Question(""))
    assert str(problem.value).startswith("q.jsonl, line 2: ")
    assert sentence in str(problem.value)


def test_a_path_is_shown_on_one_line_whatever_is_in_its_name() -> None:
    assert path_shown(Path("a\nb\tc\x1b[31m\u202e.txt")) == "a␊b␉c␛[31m\ufffd.txt"


def test_one_very_long_id_does_not_push_the_listing_off_the_screen(run: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "n.jsonl").write_text(
        '{"id": "%s", "text": "Rain."}\n{"id": "short", "text": "Snow."}\n' % ("x" * 3000)
    )
    assert run("add", "n.jsonl")[0] == 0
    lines = run("list")[1].splitlines()
    assert next(line for line in lines if line.startswith("short")).index("undated") == 82


def test_ignored_files_of_a_folder_are_counted_by_type(run: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    news(folder / "n.jsonl")
    (folder / "LICENSE").touch()
    for name in ("one", "two"):
        (folder / name).symlink_to("/nowhere")
    assert run("add", "in")[1].splitlines()[1] == (
        "Ignored as not readable: 2 links that lead outside the folder or nowhere, 1 file without a type."
    )


def test_a_note_says_that_another_process_is_adding_articles(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("add", news(tmp_path / "n.jsonl"))[0] == 0
    with WriteLock(tmp_path / ".dateline").held():
        for change in (["add", "n.jsonl"], ["remove", "n1"], ["index", "rebuild"], ["index", "check"]):
            code, out, err = run(*change)
            assert (code, out, err.count("\n")) == (3, "", 1)
            assert f"is being written by process {os.getpid()}" in err
        assert run("list")[0] == 0


def test_while_articles_are_being_added_a_search_says_that_it_may_not_see_them_yet(
    run: Callable[..., Ran], tmp_path: Path
) -> None:
    assert run("add", news(tmp_path / "n.jsonl"))[0] == 0
    with WriteLock(tmp_path / ".dateline").held():
        assert run("search", "council")[2] == ""
        with sqlite3.connect(tmp_path / ".dateline" / "catalog.sqlite") as record:
            record.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
        record.close()
        code, out, err = run("search", "council", "--json")
    assert (code, len(json.loads(out)["results"])) == (0, 3)
    assert f"being added by process {os.getpid()}" in err
    assert "cannot be found yet" in err
    assert run("search", "council")[2] == ""


def test_an_unknown_outlet_is_reported_with_the_known_ones(run: Callable[..., Ran], tmp_path: Path) -> None:
    assert run("add", news(tmp_path / "n.jsonl"))[0] == 0
    code, out, err = run("search", "council", "--outlet", "p", "--outlet", "Pist")
    assert (code, out.count("council"), err.count("\n")) == (0, 3, 1)
    assert err == "dateline: The archive has no article by “Pist”; its outlets are P.\n"


def test_an_interrupted_add_keeps_its_progress_and_says_how_to_continue(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupted(HashingEmbedder):
        def embed_texts(self, texts: Any) -> Any:
            if self.embedded:
                raise KeyboardInterrupt
            return super().embed_texts(texts)

    news(tmp_path / "n.jsonl", 200)
    stopped = Interrupted()
    monkeypatch.setattr("rag.opening.embedder", lambda _: stopped)
    code, out, err = run("add", "n.jsonl")
    assert (code, out) == (130, "")
    assert err == "dateline: interrupted; articles added so far are kept. Run the same command to continue.\n"
    monkeypatch.setattr("rag.opening.embedder", lambda _: HashingEmbedder())
    assert run("add", "n.jsonl")[1] == "200 articles in the archive: 72 added, 128 kept, 0 removed, 0 skipped.\n"


def test_operating_system_errors_are_not_reported_as_bugs(
    run: Callable[..., Ran], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/some/file")

    news(tmp_path / "n.jsonl")
    monkeypatch.setattr(Archive, "sync", full)
    code, _, err = run("add", "n.jsonl")
    assert code == 3
    assert "No space left on device (/some/file); free some disk space" in err


def closed(arguments: str, redirection: str, tmp_path: Path) -> tuple[int, str]:
    command = f"{sys.executable} -m ui.cli {arguments} {redirection}"
    done = subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_a_full_or_closed_output_is_one_sentence_or_silence(tmp_path: Path) -> None:
    assert closed("settings", ">&-", tmp_path) == (0, "")
    if Path("/dev/full").exists():
        code, err = closed("settings", ">/dev/full", tmp_path)
        assert (code, err.count("\n")) == (3, 1)
        assert "No space left on device" in err


def test_printed_text_never_lands_in_a_file_that_reused_a_closed_descriptor() -> None:
    script = (
        "import os, sys; from ui.output import open_standard_streams; open_standard_streams();"
        "assert os.open(sys.argv[1], os.O_RDWR | os.O_CREAT) > 2; print('words'); sys.stdout.flush()"
    )
    command = f'exec {sys.executable} -c "{script}" /dev/null <&- >&- 2>&-'
    assert subprocess.run(["sh", "-c", command], check=False).returncode == 0
