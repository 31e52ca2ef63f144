"""A sync that is killed loses nothing, and the next command completes it. Real processes, really killed."""

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


def test_killed_between_any_two_steps_nothing_is_lost_and_the_next_command_completes(tmp_path: Path) -> None:
    kills = _kills(tmp_path, 60, "seams")
    assert len(kills) == 10
    assert all(kill["killed"] for kill in kills), kills


def test_killed_while_over_a_thousand_vectors_are_written_the_index_is_whole_again(tmp_path: Path) -> None:
    kills = _kills(tmp_path, 900, "persist")
    assert any(kill["killed"] for kill in kills), kills
