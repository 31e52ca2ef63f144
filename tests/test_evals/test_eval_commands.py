"""The eval commands end to end, over a real archive of a few articles with a fake embedder: exit codes and output."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from test_evals.fakes_chatbots import ARTICLES, CASES, STUBS, FakeChatbot

import evals.chatbots
from evals.chatbots import Opened
from evals.cli import group
from evals.golden import case_json
from evals.json_files import write_lines
from evals.targets import ChatbotTarget
from index.errors import BadInput

RECIPES = Path(evals.chatbots.__file__).parent / "ci"
GATES = """
[[gate]]
measure = "answer_in_text"
cases = 40
at_least = 0.9
no_drop = true
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a golden set and gates, where opening an archive gives the stub named in ``stub.txt``."""
    write_lines(tmp_path / "golden.jsonl", (case_json(case) for case in CASES))
    (tmp_path / "gates.toml").write_text(GATES)

    @contextmanager
    def opened(*_: object) -> Iterator[Opened]:
        name = (tmp_path / "stub.txt").read_text()
        yield Opened(ChatbotTarget(FakeChatbot(STUBS[name]), name), ARTICLES.get)

    monkeypatch.setattr(evals.chatbots, "opened", opened)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(group, arguments, catch_exceptions=True)


def ask(place: Path, stub: str, out: str) -> Result:
    (place / "stub.txt").write_text(stub)
    return call("run", "--suite", "golden.jsonl", "--out", out, "--judge", "overlap")


def gate(run: str, *more: str) -> Result:
    return call("gate", run, "--gates", "gates.toml", "--baseline", "baseline.json", *more)


def test_run_and_gate_exit_with_0_and_a_regression_exits_with_1(place: Path) -> None:
    assert ask(place, "perfect", "good").exit_code == 0
    assert gate("good").exit_code == 1  # no baseline yet: unmeasured
    assert gate("good", "--update-baseline").exit_code == 0
    assert gate("good").exit_code == 0
    ask(place, "leaks_the_future", "bad")
    failed = gate("bad")
    assert failed.exit_code == 1
    assert "worse: Arlow-as-of: answer_in_text 1 -> 0" in failed.output
    told = json.loads(gate("bad", "--json").stdout)
    assert (told["passed"], told["outcomes"][0]["status"]) == (False, "failed")


def test_a_run_prints_a_table_or_exactly_one_json_document(place: Path) -> None:
    assert "faithfulness" in ask(place, "perfect", "one").output
    (place / "stub.txt").write_text("perfect")
    out = call("run", "--suite", "golden.jsonl", "--out", "two", "--judge", "none", "--json")
    assert json.loads(out.stdout)["judge"] is None


def test_report_score_and_compare_work_on_finished_runs(place: Path) -> None:
    ask(place, "perfect", "one")
    ask(place, "is_empty", "two")
    assert call("report", "one", "--format", "all", "--out", ".").exit_code == 0
    assert all((place / f"report.{kind}").exists() for kind in ("md", "json", "xml", "html"))
    assert "No judge was run" in call("score", "one", "--judge", "none").output
    compared = call("compare", "one", "two", "--markdown")
    assert "Judged measures are left out" in compared.output
    assert "| answer\\_in\\_text |" in compared.output


def test_a_golden_set_with_drafts_is_rejected_without_the_option(place: Path) -> None:
    (place / "stub.txt").write_text("perfect")
    write_lines(place / "drafts.jsonl", [{**case_json(CASES[0]), "tags": ["draft"]}])
    refused = call("run", "--suite", "drafts.jsonl", "--out", "out")
    assert isinstance(refused.exception, BadInput)
    assert "still a draft" in str(refused.exception)
    asked = call("run", "--suite", "drafts.jsonl", "--out", "out", "--drafts", "--judge", "none")
    assert asked.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("gate", "nowhere"), "there is no nowhere/scores.json"),
        (("report", "nowhere"), "there is no nowhere/scores.json"),
        (("compare", "nowhere", "elsewhere"), "there is no nowhere/scores.json"),
        (("run", "--suite", "nothing", "--out", "x"), "there is no suite or file called 'nothing'"),
        (("run", "--suite", "squad2", "--out", "x"), "--data"),
        (("judge", "--data", ".", "--suite", "qags", "--judge", "overlap"), "no mturk_cnndm.jsonl"),
    ],
)
def test_missing_input_is_reported_in_one_sentence(place: Path, arguments: tuple[str, ...], told: str) -> None:
    found = call(*arguments)
    assert isinstance(found.exception, BadInput)
    assert told in str(found.exception)


def test_help_imports_no_heavy_library() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from evals.cli import group\n"
        "found = CliRunner().invoke(group, ['run', '--help']); assert found.exit_code == 0, found.output\n"
        "heavy = {'torch', 'chromadb', 'gradio', 'llama_index', 'numpy', 'jinja2', 'pydantic'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--target", "http://some.host/v1", "--copies", "2"], "--copies has no effect with --target"),
        (["--model", "some"], "--model has no effect without --target"),
        (["--refusal", "No"], "--refusal has no effect without --target"),
    ],
)
def test_an_option_without_effect_is_rejected(place: Path, options: list[str], told: str) -> None:
    (place / "stub.txt").write_text("perfect")
    result = call("run", "--suite", "golden.jsonl", "--out", "never", *options)
    assert isinstance(result.exception, BadInput)
    assert told in str(result.exception)
    assert not (place / "never").exists()


def test_the_shell_script_parses_and_the_workflow_is_valid_yaml() -> None:
    subprocess.run(["sh", "-n", str(RECIPES / "gate.sh")], check=True)
    steps = yaml.safe_load((RECIPES / "github-actions.yml").read_text())["jobs"]["gate"]["steps"]
    assert steps[-1]["run"].startswith("dateline eval gate")


def test_the_workflow_installs_a_checkout_and_not_a_package_of_the_same_name() -> None:
    steps = yaml.safe_load((RECIPES / "github-actions.yml").read_text())["jobs"]["gate"]["steps"]
    (place,) = [step["with"]["path"] for step in steps if "repository" in step.get("with", {})]
    (installed,) = [step["run"] for step in steps if "pip install" in step.get("run", "")]
    assert installed.split()[-1] == f"./{place}"
