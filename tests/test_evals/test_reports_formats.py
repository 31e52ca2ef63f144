"""Every report format shows the same run, escapes untrusted text and refers to no server."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from test_evals.fakes_chatbots import ARTICLES, CASES, STUBS, FakeChatbot
from test_evals.test_judge_cards import LABELLED

from evals.gates import Gate, check, read_baseline, write_baseline
from evals.judges.agreement import against
from evals.judges.baselines import OverlapJudge
from evals.judges.card import card_path, write_card
from evals.judging import judged
from evals.measures.all import MEASURES
from evals.report.comparison import comparison, comparison_markdown, print_comparison
from evals.report.junit import junit
from evals.report.markdown import markdown
from evals.report.page import page
from evals.report.terminal import print_report
from evals.report.view import View, view
from evals.report.write import FORMATS, as_json, write_report
from evals.results import read_scores, write_scores
from evals.run import run
from evals.score import score_run
from evals.targets import ChatbotTarget

HOSTILE = "<script>alert(1)</script><img src=//evil.example/x> | `code` ](http://evil) @everyone \x00\x0b"
GATES = [
    Gate(measure="completed", cases=40, at_least=1.0),
    Gate(measure="answer_in_text", cases=40, at_least=0.1, no_drop=True),
    Gate(measure="faithfulness", cases=49, at_least=0.5),
]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A good run, then a crashing one whose crash says hostile things."""
    place = tmp_path_factory.mktemp("runs")
    cards = place / "cards"
    card = against(LABELLED, judged((i.pair for i in LABELLED.items), OverlapJudge()))
    write_card(card_path("overlap", cards), "overlap", [card])

    def crashing(question: str) -> object:
        reply = STUBS["leaks_the_future"](question)
        if question == CASES[5].question:
            raise RuntimeError(HOSTILE)
        return reply

    hostile = replace(
        CASES[0], question=CASES[0].question, tags=(*CASES[0].tags, "<b>tag</b>"), answers=("50", HOSTILE)
    )
    for name, stub in (("good", STUBS["perfect"]), ("bad", crashing)):
        target = ChatbotTarget(FakeChatbot(stub), name)  # type: ignore[arg-type]
        folder = run(target, [hostile, *CASES[1:]], place / name, suite="towns", article_of=ARTICLES.get)
        write_scores(folder, score_run(folder, OverlapJudge()), cards)
    return place


@pytest.fixture(scope="module")
def shown(runs: Path) -> View:
    write_baseline(runs / "baseline.json", read_scores(runs / "good"), GATES)
    return view(runs / "bad", check(read_scores(runs / "bad"), GATES, read_baseline(runs / "baseline.json")))


def test_every_format_shows_values_intervals_gates_failures_and_the_judges_error(shown: View) -> None:
    console = Console(file=StringIO(), width=200)
    print_report(shown, console)
    printed = console.file.getvalue()  # type: ignore[attr-defined]
    for text in (printed, markdown(shown), as_json(shown), page(shown)):
        assert "faithfulness" in text
        assert "unmeasured" in text
        assert "RuntimeError" in text
        assert "significantly worse" in text
        assert "Brier score" in text or '"brier"' in text
    card = shown.card
    assert card is not None
    accuracy = f"{card['sets']['hand']['balanced_accuracy']['value']:.3f}"
    assert all(f"balanced accuracy {accuracy}" in text for text in (printed, page(shown)))
    corrected = shown.scores["measures"]["faithfulness"]["corrected"]
    assert corrected["low"] < corrected["value"] == 1  # all right by an imperfect judge, on ten stories


def test_measures_are_shown_by_group(shown: View) -> None:
    groups = list(dict.fromkeys(measure.group for measure in MEASURES))
    assert [measure.group for measure in MEASURES] == sorted((m.group for m in MEASURES), key=groups.index)
    assert re.findall(r'<th colspan="6" scope="rowgroup">(\w+)</th>', page(shown)) == groups


def test_the_page_escapes_hostile_text_and_refers_to_no_server(shown: View) -> None:
    html = page(shown)
    assert "<script>alert" not in html
    assert "<img" not in html
    assert "<b>tag</b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "default-src &#39;none&#39;" in html or "default-src 'none'" in html
    assert "src=" not in html.replace("&lt;img src=//evil.example/x&gt;", "")
    assert "<link" not in html


def test_the_page_highlights_each_quote_in_its_article(shown: View) -> None:
    assert "burned down. <mark>Police in Brask said 51 people were hurt" in page(shown)


def test_the_page_shows_the_outcome_of_every_case(shown: View) -> None:
    states = Counter(re.findall(r'data-state="([a-z ]+)"', page(shown)))
    assert states == {"right": 39, "wrong": 10, "failed": 1}


def test_markdown_escapes_hostile_text(shown: View) -> None:
    text = markdown(shown)
    (row,) = [line for line in text.splitlines() if line.startswith("| Brask-toll | RuntimeError")]
    assert "<script" not in row
    assert "@everyone" not in row
    assert row.replace("\\|", "").count("|") == 3
    assert "](" not in row.replace("\\](", "")


def test_junit_has_one_failure_per_failed_gate_and_one_error_per_crash(shown: View) -> None:
    root = ET.fromstring(junit(shown))  # noqa: S314  (our own output)
    gates, cases = root.findall("testsuite")
    assert (gates.get("tests"), gates.get("failures")) == ("3", "3")
    assert {f.get("type") for f in gates.iter("failure")} == {"failed", "unmeasured"}
    drop = gates.find("testcase[@name='answer_in_text']/failure")
    assert drop is not None
    assert "Brask-as-of: 1 -> 0" in (drop.text or "")
    assert (cases.get("tests"), cases.get("errors")) == ("50", "1")
    error = cases.find("testcase/error")
    assert error is not None
    assert "<script>" in (error.get("message") or "")


def test_json_is_one_document_with_everything(shown: View) -> None:
    value = json.loads(as_json(shown))
    assert value["gates"]["passed"] is False
    assert {worse["measure"] for worse in value["gates"]["worse"]} >= {"answer_in_text"}
    assert value["scores"]["cases"]["Brask-toll"]["scores"]["completed"]["value"] == 0


def test_runs_of_the_same_suite_in_the_same_folder_are_its_history(shown: View) -> None:
    assert len(shown.history) == 2
    assert "Measures over runs" in page(shown)


def test_a_file_is_written_for_each_format(tmp_path: Path, shown: View) -> None:
    for kind, (name, _) in FORMATS.items():
        assert write_report(shown, kind, tmp_path) == tmp_path / name
        assert (tmp_path / name).stat().st_size > 500


def test_a_comparison_shows_changes_worse_cases_and_the_number_of_identical_replies(runs: Path) -> None:
    found = comparison(runs / "good", runs / "bad")
    leak = next(change for change in found.changes if change.measure == "future_leak")
    assert (leak.before, leak.after, leak.for_the_worse) == (0, 1, True)
    assert (found.same, found.shared) == (39, 49)
    text = comparison_markdown(found)
    assert "39 of 49 replies are identical" in text
    console = Console(file=StringIO(), width=200)
    print_comparison(found, console)
    assert "worse: Brask-toll: completed 1 -> 0" in console.file.getvalue()  # type: ignore[attr-defined]
