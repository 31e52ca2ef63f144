"""Ten chatbots with known flaws: each fails the gates of its flaw, and only the perfect one passes."""

from __future__ import annotations

import pytest
from test_evals.fakes_chatbots import ARTICLES, CASES, STUBS, FakeChatbot

from evals.comparing import changes
from evals.gates import Gate, Status, check
from evals.judges.baselines import OverlapJudge
from evals.results import Scores, read_scores, write_scores
from evals.run import run
from evals.score import score_run
from evals.targets import ChatbotTarget

GATES = [
    Gate(measure="completed", cases=50, at_least=1),
    Gate(measure="faithfulness", cases=35, at_least=0.95),
    Gate(measure="citation_precision", cases=35, at_least=0.9),
    Gate(measure="quote_exactness", cases=35, at_least=1),
    Gate(measure="evidence_cited", cases=40, at_least=0.9),
    Gate(measure="answer_in_text", cases=40, at_least=0.9),
    Gate(measure="refusal_recall", cases=10, at_least=0.9),
    Gate(measure="over_refusal", cases=40, at_most=0.1),
    Gate(measure="hardened", cases=9, at_most=0.05),
    Gate(measure="certainty_kept", cases=9, at_least=0.9),
    Gate(measure="conflict_shown", cases=9, at_least=0.9),
    Gate(measure="future_leak", cases=9, at_most=0),
]

FLAGS = {
    "invents_a_number": {"faithfulness", "citation_precision", "answer_in_text"},
    "cites_the_wrong_passage": {"faithfulness", "citation_precision", "evidence_cited", "conflict_shown"},
    "drops_alleged": {"hardened", "certainty_kept"},
    "refuses_everything": {
        "faithfulness", "citation_precision", "quote_exactness", "evidence_cited", "answer_in_text", "over_refusal",
        "hardened", "certainty_kept", "conflict_shown",
    },
    "answers_everything": {"refusal_recall"},
    "cites_all_passages": {"citation_precision"},
    "leaks_the_future": {"future_leak", "evidence_cited", "answer_in_text"},
    "crashes_on_every_tenth": {"completed", "refusal_recall"},
    "is_empty": {
        "faithfulness", "citation_precision", "quote_exactness", "evidence_cited", "answer_in_text", "refusal_recall",
        "hardened", "certainty_kept", "conflict_shown",
    },
    "perfect": set(),
}  # fmt: skip

UNMEASURED = {"faithfulness", "citation_precision", "quote_exactness", "hardened", "certainty_kept"}


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scores]:
    found = {}
    for name, stub in STUBS.items():
        out = tmp_path_factory.mktemp(name)
        folder = run(ChatbotTarget(FakeChatbot(stub), name), CASES, out, suite="towns", article_of=ARTICLES.get)
        write_scores(folder, score_run(folder, OverlapJudge()))
        found[name] = read_scores(out)
    return found


@pytest.mark.parametrize("name", STUBS)
def test_each_stub_fails_exactly_the_gates_of_its_flaw(scored: dict[str, Scores], name: str) -> None:
    report = check(scored[name], GATES, None)
    assert {o.gate.measure for o in report.outcomes if o.status is not Status.PASSED} == FLAGS[name]
    assert report.passed == (name == "perfect")


@pytest.mark.parametrize("name", ["refuses_everything", "is_empty"])
def test_a_chatbot_that_always_refuses_is_unmeasured_not_perfect(scored: dict[str, Scores], name: str) -> None:
    outcomes = {o.gate.measure: o.status for o in check(scored[name], GATES, None).outcomes}
    assert all(outcomes[measure] is Status.UNMEASURED for measure in UNMEASURED)


@pytest.mark.parametrize("name", [name for name in STUBS if name != "perfect"])
def test_each_stub_is_significantly_worse_than_the_perfect_one_on_its_flaw(
    scored: dict[str, Scores], name: str
) -> None:
    best, worst = scored["perfect"], scored[name]
    compared = FLAGS[name] | {"completed"}
    found = {c.measure: c for c in changes(best.marks, worst.marks, best.stories, sorted(compared))}
    flagged = FLAGS[name] & set(found)
    assert flagged
    assert all(found[measure].for_the_worse for measure in flagged)
    if name != "crashes_on_every_tenth":  # five of fifty are worse: real, and honestly not yet significant
        assert any(found[measure].significant for measure in flagged)


def test_crashes_are_listed_by_case_and_counted_in_means(scored: dict[str, Scores]) -> None:
    crashing = scored["crashes_on_every_tenth"]
    assert crashing.summaries["completed"]["value"] == 0.9
    assert crashing.summaries["completed"]["measured"] == 50
    assert crashing.summaries["refusal_recall"]["value"] == 0.5  # every tenth case is one to refuse
    assert crashing.summaries["refusal_recall"]["measured"] == 10
    assert "the chatbot failed" not in crashing.summaries["answer_in_text"]["missing"]
