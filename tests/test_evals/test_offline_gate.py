"""The real chain over the sample archive: repeating a run gives the same bytes, and reprints change nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_evals.fakes_chatbots import ARTICLES

from evals.chatbots import _code, _with_copies
from evals.folder import RunFolder

ROOT = Path(__file__).parents[2]


def evaluate(*arguments: str) -> None:
    command = [sys.executable, "-m", "ui.cli", "eval", *arguments]
    environment = {**os.environ, "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def replies(run: Path) -> dict[str, object]:
    """Every reply as it was recorded, without the times."""
    records = (json.loads(line) for line in (run / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return {record["id"]: {**record["reply"], "timings_ms": None} for record in records}


@pytest.mark.slow
def test_two_runs_over_the_sample_archive_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        run, archive = str(tmp_path / name), str(tmp_path / "archive")
        evaluate("run", "--out", run, "--archive", archive, "--limit", "6")
    scores = [(tmp_path / name / "scores.json").read_bytes() for name in ("one", "two")]
    assert scores[0] == scores[1]
    assert replies(tmp_path / "one") == replies(tmp_path / "two")
    records = RunFolder(tmp_path / "one").records()
    assert len(records) == 6
    assert all(record.reply for record in records.values())


def test_a_changed_word_list_changes_the_chatbots_identity(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.chatbots.files", lambda _package: tmp_path)
    (tmp_path / "negation.py").write_text("NOT = 1")
    (tmp_path / "antonyms.txt").write_text("open closed")
    before = _code()
    assert _code() == before
    (tmp_path / "antonyms.txt").write_text("open shut")
    assert _code() != before


def test_copies_are_reprints_of_every_article_under_other_ids_and_outlets() -> None:
    found = _with_copies(list(ARTICLES.values())[:2], 2)
    assert [article.id for article in found[2:]] == [f"{a.id}~{n}" for n in (1, 2) for a in found[:2]]
    assert all(copy.text == original.text for copy, original in zip(found[2:4], found[:2], strict=True))
    assert {article.outlet for article in found[2:]} == {"Reprint 1", "Reprint 2"}
