from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from index.types import Article, Problem
from ui.progress import Meter, bytes_in

SHOW = """
from pathlib import Path
from index.types import Article
from ui.progress import Meter, meter_bar
meter = Meter(1000)
with meter_bar(meter, "Adding articles") as progress:
    for number, _ in enumerate(meter.watched([Article("a", None, "x", path=Path(__file__))] * 3), start=1):
        progress(number)
print("done")
"""


def test_processed_bytes_are_those_of_finished_files_and_of_the_records_read_from_the_current_one(
    tmp_path: Path,
) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.jsonl"
    one.write_bytes(b"x" * 100)
    two.write_bytes(b"x" * 50)
    records = [
        Article("a", None, "t" * 60, path=one),
        Article("b", None, "ü" * 10, path=two),
        Problem(two, 2, "broken"),
        Article("c", None, "t" * 900, path=two),
    ]
    meter = Meter(150)
    assert list(meter.watched(records)) == records
    assert [meter.at(done) for done in range(6)] == [0, 60, 120, 120, 150, 150]


def test_only_files_of_readable_types_are_counted_ahead(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.TXT").write_bytes(b"x" * 7)
    (tmp_path / "deep" / "b.jpg").write_bytes(b"x" * 100)
    assert bytes_in([tmp_path, tmp_path / "gone"], [".txt"]) == 7
    assert bytes_in([tmp_path / "deep" / "b.jpg"], [".txt"]) == 100


def test_a_terminal_sees_a_bar_with_count_and_rate_and_stdout_none_of_it(tmp_path: Path) -> None:
    (tmp_path / "show.py").write_text(SHOW)
    ours, theirs = pty.openpty()
    done = subprocess.run(
        [sys.executable, str(tmp_path / "show.py")],
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert done.stdout == b"done\n"
    assert "Adding articles" in shown
    assert "read" in shown


def test_without_a_terminal_no_progress_is_shown(tmp_path: Path) -> None:
    (tmp_path / "show.py").write_text(SHOW.replace("progress(number)", "assert progress is None"))
    done = subprocess.run([sys.executable, str(tmp_path / "show.py")], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"done\n", b"")
