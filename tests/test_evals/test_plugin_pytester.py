"""The pytest plug-in works in another repository: fixtures, marker, gates and errors."""

from __future__ import annotations

import json

import numpy as np  # noqa: F401  (pytester forgets what a run imported, and numpy cannot be loaded twice in a process)
import pytest

pytest_plugins = ["pytester"]

CONFTEST = """
import pytest

class Bot:
    name = "bot"
    def ask(self, case):
        if case.id == "absent":
            return {"status": "abstained", "answer": "The articles do not say.", "reason": "not_in_articles"}
        quote = "Twelve were hurt."
        return {"status": "answered", "answer": quote + " [1]", "claims": [{"text": quote, "citations": [1]}],
                "citations": [{"number": 1, "article_id": "x", "quote": quote}]}

@pytest.fixture(scope="session")
def dateline_chatbot():
    return Bot()
"""
GOLDEN = [
    {"id": "toll", "question": "How many were hurt?", "expect": "answer", "answers": ["Twelve"]},
    {"id": "absent", "question": "Who won?", "expect": "refuse"},
]


@pytest.fixture
def repository(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeconftest(CONFTEST)
    (pytester.path / "golden.jsonl").write_text("\n".join(map(json.dumps, GOLDEN)))
    return pytester


def run(repository: pytest.Pytester, code: str, gates: str = "") -> pytest.RunResult:
    repository.makepyfile(code)
    (repository.path / "gates.toml").write_text(gates)
    return repository.runpytest_inprocess("-p", "evals.plugin", "-p", "no:cacheprovider", "--strict-markers", "-q")


def test_a_marked_test_runs_once_per_case(repository: pytest.Pytester) -> None:
    result = run(
        repository,
        """
        import pytest

        @pytest.mark.dateline_cases("golden.jsonl")
        def test_case(dateline_case, dateline_reply):
            assert dateline_reply.answered == dateline_case.answerable
        """,
    )
    result.assert_outcomes(passed=2)


def test_a_whole_set_is_scored_and_checked_against_gates(repository: pytest.Pytester) -> None:
    code = """
        def test_answers(dateline_eval):
            found = dateline_eval("golden.jsonl", judge="overlap", gates="gates.toml")
            assert found.value("answer_in_text") == 1
            assert (found.folder / "scores.json").exists()
        """
    good = '[[gate]]\nmeasure = "answer_in_text"\ncases = 1\nat_least = 1'
    run(repository, code, good).assert_outcomes(passed=1)


def test_a_gate_that_fails_fails_the_test_in_one_line(repository: pytest.Pytester) -> None:
    code = """
        def test_answers(dateline_eval):
            dateline_eval("golden.jsonl", judge="overlap", gates="gates.toml")
        """
    result = run(repository, code, '[[gate]]\nmeasure = "answer_in_text"\ncases = 9\nat_least = 1')
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*answer_in_text: unmeasured: measured on 1 cases, 9 are required*"])


def test_reading_an_unmeasured_value_fails_the_test(repository: pytest.Pytester) -> None:
    code = """
        def test_answers(dateline_eval):
            assert dateline_eval("golden.jsonl", judge=None).value("faithfulness") >= 0
        """
    result = run(repository, code)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*faithfulness could not be measured*no judge was run*"])


def test_an_invalid_golden_set_stops_collection_and_names_the_line(repository: pytest.Pytester) -> None:
    (repository.path / "golden.jsonl").write_text('{"id": "a"}')
    code = """
        import pytest

        @pytest.mark.dateline_cases("golden.jsonl")
        def test_case(dateline_case):
            pass
        """
    result = run(repository, code)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*golden.jsonl:1: question: Field required*"])


def test_without_a_chatbot_the_fixture_says_what_to_define(repository: pytest.Pytester) -> None:
    repository.makeconftest("")
    code = """
        def test_answers(dateline_eval):
            pass
        """
    result = run(repository, code)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*define a fixture dateline_chatbot*"])
