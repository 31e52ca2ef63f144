"""A killed sync loses nothing, and the next command completes it; tested by killing real processes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def _kills(folder: Path, size: int, way: str) -> list[dict[str, object]]:
    program = Path(__file__).with_name("crash_runs.py")
    done = subprocess.run(
        [sys.executable, str(program), str(folder), str(size), way], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(kill["sound"] for kill in kills), (kills, done.stderr)
    return kills


def test_a_sync_killed_between_any_two_steps_loses_nothing_and_the_next_completes_it(tmp_path: Path) -> None:
    kills = _kills(tmp_path, 60, "steps")
    assert len(kills) == 10
    assert all(kill["killed"] for kill in kills), kills


def test_an_index_is_repaired_after_a_kill_while_a_thousand_vectors_are_written(tmp_path: Path) -> None:
    kills = _kills(tmp_path, 900, "persist")
    assert any(kill["killed"] for kill in kills), kills
