"""The commands and code in docs/serving.md work as described."""

from __future__ import annotations

import json
import re
import shlex
import textwrap
from pathlib import Path

import httpx
import pytest
from test_ui.fakes_ui import FakeChatbot, FakeShelf
from test_ui.serving_here import endpoints
from test_ui.test_serving_rest import FIRE, LATER, script

from ui.cli import COMMANDS
from ui.serving.desk import WAITING
from ui.serving.failures import _STATUS
from ui.serving.route import LONGEST_BODY

TEXT = (Path(__file__).parents[2] / "docs" / "serving.md").read_text()
BLOCKS = re.findall(r"(?:^    .*\n|^\n(?=    ))+", TEXT, re.MULTILINE)


def test_every_option_of_a_command_in_it_exists() -> None:
    lines = [line.split("#")[0] for line in TEXT.splitlines() if line.startswith("    dateline ")]
    assert len(lines) == 4
    for line in lines:
        name, *words = shlex.split(line)[1:]
        known = {option for parameter in COMMANDS[name].load().params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known


def test_its_table_lists_the_existing_endpoints() -> None:
    table = set(re.findall(r"^\| `(GET|POST) (/api/\S+)`", TEXT, re.MULTILINE))
    with endpoints(FakeShelf([FIRE]), FakeChatbot(script)) as address:
        paths = httpx.get(f"{address}api/openapi.json").json()["paths"]
    described = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    documented = {(method, path.replace("/ID", "/{article_id}")) for method, path in table}
    assert documented == described | {("GET", "/api/openapi.json")}
    for status in [*(status for _, status in _STATUS), 401, 413, 504]:
        assert re.search(rf"\b{status}\b", TEXT), status
    assert (LONGEST_BODY, "larger than 1 MB" in TEXT) == (1_000_000, True)
    assert f"Up to {WAITING} more wait" in TEXT


def test_the_request_it_shows_is_one_the_schema_takes() -> None:
    body = json.loads(re.findall(r"-d '(\{.*?\})'", TEXT)[0])
    with endpoints(FakeShelf([FIRE, LATER]), FakeChatbot(script)) as address:
        assert httpx.post(f"{address}api/ask", json=body).json()["status"] == "answered"


def test_the_python_it_shows_prints_the_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    [code] = [textwrap.dedent(block) for block in BLOCKS if "from openai" in block]
    with endpoints(FakeShelf([FIRE, LATER]), FakeChatbot(script)) as address:
        exec(compile(code.replace("http://127.0.0.1:7860/", address), "serving.md", "exec"), names := {})  # noqa: S102
        names["client"].close()
    assert capsys.readouterr().out.splitlines()[0] == f"{FIRE.text[:36]} Meridian Post https://post.example/1"
