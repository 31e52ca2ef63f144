"""Gates fail on bounds, significant drops and unmeasured values; equal runs always pass."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from test_evals.fakes_chatbots import ARTICLES, CASES, STUBS, FakeChatbot

from evals.comparing import NOTHING
from evals.gates import SHIPPED, Baseline, Gate, Status, check, read_baseline, read_gates, write_baseline
from evals.judges.baselines import OverlapJudge
from evals.measures.all import BY_NAME
from evals.results import Scores, read_scores, write_scores
from evals.run import run
from evals.score import score_run
from evals.targets import ChatbotTarget
from index.errors import BadInput

GATES = [Gate(measure="answer_in_text", cases=40, at_least=0.5, no_drop=True)]


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Scores]:
    def make(name: str) -> Scores:
        out = tmp_path_factory.mktemp(name)
        folder = run(ChatbotTarget(FakeChatbot(STUBS[name]), name), CASES, out, suite="towns", article_of=ARTICLES.get)
        write_scores(folder, score_run(folder, OverlapJudge()))
        return read_scores(out)

    return make


def test_the_same_chatbot_passes_against_its_own_baseline(tmp_path: Path, scores: Callable[[str], Scores]) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), GATES)
    report = check(scores("perfect"), GATES, read_baseline(path))
    assert report.passed
    assert not report.worse


def test_a_significant_drop_fails_even_above_the_floor_and_names_the_cases(
    tmp_path: Path, scores: Callable[[str], Scores]
) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), GATES)
    report = check(scores("leaks_the_future"), GATES, read_baseline(path))  # 0.75, above the floor
    (outcome,) = report.outcomes
    assert outcome.status is Status.FAILED
    assert "significantly worse" in outcome.why
    assert {worse.case_id for worse in report.worse} == {case.id for case in CASES if case.as_of}


REFUSALS = [Gate(measure="refusal_f1", cases=10, no_drop=True)]


def test_the_gate_reports_f1_of_the_run_and_of_the_baseline(tmp_path: Path, scores: Callable[[str], Scores]) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("refuses_everything"), REFUSALS)
    (outcome,) = check(scores("refuses_everything"), REFUSALS, read_baseline(path)).outcomes
    assert outcome.why == "0.333 on 50 cases, baseline 0.333, p = 1.000"  # 2 x 10 right of 2 x 10 + 40 wrong refusals
    assert '"Arlow-absent": {"refusal_f1": [1.0, 2.0]}' in path.read_text()


def test_a_new_wrong_refusal_counts_against_the_pooled_refusal_measures(
    tmp_path: Path, scores: Callable[[str], Scores]
) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), REFUSALS)
    (outcome,) = check(scores("refuses_everything"), REFUSALS, read_baseline(path)).outcomes
    assert outcome.status is Status.FAILED
    assert "baseline 1.000" in outcome.why


def test_a_baseline_written_without_weights_is_still_read(tmp_path: Path, scores: Callable[[str], Scores]) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), REFUSALS)
    path.write_text(path.read_text().replace("[1.0, 2.0]", "1.0"))
    assert check(scores("perfect"), REFUSALS, read_baseline(path)).passed


def test_no_drop_without_a_baseline_or_with_another_judge_is_unmeasured(
    tmp_path: Path, scores: Callable[[str], Scores]
) -> None:
    judged = [Gate(measure="faithfulness", cases=10, no_drop=True)]
    assert check(scores("perfect"), judged, None).outcomes[0].status is Status.UNMEASURED
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), judged)
    path.write_text(path.read_text().replace('"overlap"', '"another"'))
    report = check(scores("perfect"), judged, read_baseline(path))
    assert report.outcomes[0].status is Status.UNMEASURED
    assert "the baseline's judge was another" in report.outcomes[0].why


def test_cases_are_not_compared_across_judges(tmp_path: Path, scores: Callable[[str], Scores]) -> None:
    judged = [Gate(measure="faithfulness", cases=10, no_drop=True)]
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), judged)
    invented = scores("invents_a_number")
    assert check(invented, judged, read_baseline(path)).worse
    path.write_text(path.read_text().replace('"overlap"', '"another"'))
    assert not check(invented, judged, read_baseline(path)).worse


def test_an_unfinished_run_passes_no_gate(scores: Callable[[str], Scores]) -> None:
    floor = [Gate(measure="completed", cases=10, at_least=1)]
    assert check(scores("perfect"), floor, None).passed
    elsewhere = Baseline("another suite", None, "0", NOTHING)
    assert not check(scores("perfect"), floor, elsewhere).notes  # nothing is compared with it
    (outcome,) = check(replace(scores("perfect"), unasked=3), floor, None).outcomes
    assert outcome.status is Status.UNMEASURED
    assert "3 cases were not asked" in outcome.why


def test_a_baseline_has_one_line_per_case(tmp_path: Path, scores: Callable[[str], Scores]) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, scores("perfect"), GATES)
    lines = path.read_text().splitlines()
    assert len([line for line in lines if '"Arlow-' in line]) == 5
    assert json.loads(path.read_text())["measures"] == {"answer_in_text": 1.0}
    assert len(path.read_bytes()) < 5000


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[gate]]\nmeasure = 'faithfulnes'\ncases = 5\nat_least = 1", "no measure is called 'faithfulnes'"),
        ("[[gate]]\nmeasure = 'faithfulness'\ncases = 5", "requires nothing"),
        ("[[gate]]\nmeasure = 'faithfulness'\nat_least = 1", "cases: Field required"),
        ("[[gate]]\nmeasure = 'faithfulness'\ncases = 5\natleast = 1", "atleast: Extra inputs"),
        ("gate = []", "at least 1 item"),
        ("[[gate", "not TOML"),
    ],
)
def test_an_invalid_gates_file_is_rejected(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(text)
    with pytest.raises(BadInput, match="gates.toml") as caught:
        read_gates(path)
    assert told in str(caught.value)


def test_the_shipped_gates_cover_every_group_of_measures() -> None:
    gates = read_gates(SHIPPED)
    groups = {BY_NAME[gate.measure].group for gate in gates}
    assert groups == {measure.group for measure in BY_NAME.values()}
