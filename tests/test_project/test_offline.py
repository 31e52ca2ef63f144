"""With the defaults nothing leaves this machine: add, ask and chat run where any other address ends the process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from index.sample import sample_articles

GUARD = str(Path(__file__).with_name("no_network.py"))
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith(("HF_", "GRADIO_"))}


def test_the_guard_ends_a_process_that_reaches_out() -> None:
    code = "import runpy, socket, sys\n"
    code += f"sys.addaudithook(runpy.run_path({GUARD!r})['guard'])\n"
    code += "try: socket.create_connection(('192.0.2.1', 80))\nexcept BaseException: pass"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (97, "network: tried to reach 192.0.2.1\n")


@pytest.mark.slow
def test_adding_asking_and_starting_the_chat_reach_no_other_machine(tmp_path: Path) -> None:
    archive = ["--archive", str(tmp_path / "archive")]
    commands = [
        [*archive, "add", str(sample_articles()), "--json"],
        [*archive, "ask", "Who said the bridge had been inspected?", "--json"],
        [*archive, "chat", "--port", "0"],
    ]
    told, log = tmp_path / "stdout", tmp_path / "stderr"
    with told.open("w") as out, log.open("w") as err:
        guarded = [sys.executable, GUARD, *map(json.dumps, commands)]
        process = subprocess.Popen(guarded, stdout=out, stderr=err, env=ENVIRONMENT)
    try:
        assert "Dateline" in page_of(process, log)
    finally:
        process.terminate()
        assert process.wait(timeout=30) != 97, log.read_text()
    added, asked = map(json.loads, told.read_text().splitlines())
    assert added["added"] >= 40
    assert asked["status"] in {"answered", "abstained"}
    assert log.read_text().startswith("Dateline is running at "), "adding and asking had something to complain about"


def page_of(chat: subprocess.Popen[bytes], log: Path) -> str:
    """The page, once the server has told its address."""
    for _ in range(900):
        assert chat.poll() is None, log.read_text()
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            with urllib.request.urlopen(found.group(), timeout=30) as response:
                return str(response.read().decode())
        time.sleep(0.2)
    raise AssertionError(log.read_text())
