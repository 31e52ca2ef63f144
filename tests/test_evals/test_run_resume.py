"""A run stores every reply at once, can be resumed after a kill, and gives the same bytes when scored twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from test_evals.fakes_chatbots import ARTICLES, CASES, FakeChatbot, crashes_on_every_tenth, perfect

from evals.folder import RunFolder
from evals.judges.baselines import OverlapJudge
from evals.results import write_scores
from evals.run import run
from evals.score import score_run
from evals.targets import ChatbotTarget
from evals.types import Case, Expect
from index.errors import BadInput


def target(**identity: Any) -> ChatbotTarget:
    return ChatbotTarget(FakeChatbot(perfect), "perfect", identity)


SLOW = """
import sys, time
sys.path.insert(0, {tests!r})
from pathlib import Path
from test_evals.fakes_chatbots import CASES, FakeChatbot, perfect
from evals.run import run
from evals.targets import ChatbotTarget

def slowly(question, asked=[]):
    asked.append(question)
    time.sleep(0.03 if len(asked) < 8 else 60)  # it is killed before it is through, however late
    return perfect(question)

run(ChatbotTarget(FakeChatbot(slowly), "perfect", {{"version": 1}}), CASES, Path({out!r}), suite="towns")
"""


@pytest.mark.slow
def test_a_killed_run_loses_at_most_the_current_case_and_asks_none_twice(tmp_path: Path) -> None:
    out = tmp_path / "run"
    code = SLOW.format(tests=str(Path(__file__).parent.parent), out=str(out))
    process = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[2])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(RunFolder(out).done()) < 5:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    before = len(RunFolder(out).records_path.read_bytes().splitlines())
    assert 5 <= before < len(CASES)

    chatbot = FakeChatbot(perfect)
    folder = run(ChatbotTarget(chatbot, "perfect", {"version": 1}), CASES, out, suite="towns")
    assert len(chatbot.asked) in {len(CASES) - before, len(CASES) - before + 1}
    assert list(folder.records()) == [case.id for case in CASES]


def test_a_case_with_an_incomplete_record_is_asked_again(tmp_path: Path) -> None:
    folder = run(target(), CASES[:3], tmp_path, suite="towns")
    content = folder.records_path.read_bytes()
    folder.records_path.write_bytes(content[:-20])
    chatbot = FakeChatbot(perfect)
    run(ChatbotTarget(chatbot, "perfect"), CASES[:3], tmp_path, suite="towns")
    assert [text for text, _ in chatbot.asked] == [CASES[2].question]
    assert len(folder.records()) == 3


def test_a_folder_of_another_chatbot_or_other_cases_is_rejected(tmp_path: Path) -> None:
    run(target(version=1), CASES[:3], tmp_path, suite="towns")
    with pytest.raises(BadInput, match=r"differs in version\)"):
        run(target(version=2), CASES[:3], tmp_path, suite="towns")
    with pytest.raises(BadInput, match="differs in cases, cases_digest"):
        run(target(version=1), CASES[:4], tmp_path, suite="towns")


def test_a_crash_is_recorded_and_the_run_continues(tmp_path: Path) -> None:
    folder = run(ChatbotTarget(FakeChatbot(crashes_on_every_tenth), "crashing"), CASES[:12], tmp_path, suite="towns")
    records = folder.records()
    assert records[CASES[9].id].failure is not None
    assert records[CASES[9].id].failure.kind == "RuntimeError"
    assert all(records[case.id].reply for case in CASES[10:12])


def test_a_malformed_reply_is_a_failure_that_names_the_key(tmp_path: Path) -> None:
    class Odd:
        name, identity = "odd", {}

        def ask(self, case: Case) -> dict[str, Any]:
            return {"status": "answered", "answer": "x", "claims": [{"text": "x", "citations": ["one"]}]}

    folder = run(Odd(), CASES[:1], tmp_path, suite="towns")
    failure = folder.records()[CASES[0].id].failure
    assert failure is not None
    assert failure.kind == "bad_reply"
    assert "claims.0.citations.0" in failure.message


def test_earlier_turns_are_asked_first_and_passed_on_with_their_replies(tmp_path: Path) -> None:
    first, second = CASES[0].question, CASES[1].question
    chatbot = FakeChatbot(perfect)
    case = Case("talk", CASES[2].question, Expect.ANSWER, turns=(first, second), answers=("x",))
    run(ChatbotTarget(chatbot, "perfect"), [case], tmp_path, suite="talk")
    assert chatbot.asked == [(first, ()), (second, (first,)), (case.question, (first, second))]


def test_scoring_twice_gives_the_same_bytes_without_asking(tmp_path: Path) -> None:
    written = []
    for place in ("one", "two"):
        folder = run(target(), CASES, tmp_path / place, suite="towns", article_of=ARTICLES.get)
        write_scores(folder, score_run(folder, OverlapJudge()))
        written.append((folder.path / "scores.json").read_bytes())
        write_scores(folder, score_run(folder, OverlapJudge()))
        assert (folder.path / "scores.json").read_bytes() == written[-1]
    assert written[0] == written[1]


def test_only_cited_articles_are_stored_with_their_text(tmp_path: Path) -> None:
    folder = run(target(), CASES[:5], tmp_path, suite="towns", article_of=ARTICLES.get)
    kept = folder.articles()
    assert set(kept) == {"Arlow-first", "Arlow-later", "Arlow-rival"}
    assert kept["Arlow-first"].text == ARTICLES["Arlow-first"].text
    assert kept["Arlow-later"].known_from == ARTICLES["Arlow-later"].published


def test_the_manifest_describes_the_run(tmp_path: Path) -> None:
    run(target(version=7), CASES[:1], tmp_path, suite="towns")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert manifest["identity"]["suite"] == "towns"
    assert manifest["identity"]["version"] == 7
    assert {"date", "versions", "commit", "machine"} <= set(manifest)
