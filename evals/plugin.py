"""A pytest plug-in that asks a chatbot the cases of a golden set in your own test suite.

    # conftest.py
    @pytest.fixture(scope="session")
    def dateline_chatbot():
        return my_chatbot           # anything with ask(case) -> the documented JSON, or a rag.engine.Chatbot

    # one test per case
    @pytest.mark.dateline_cases("golden.jsonl")
    def test_case(dateline_case, dateline_reply):
        assert dateline_reply.answered == dateline_case.answerable

    # or all cases in one test, checked against gates
    def test_answers(dateline_eval):
        dateline_eval("golden.jsonl", gates="gates.toml")

pytest loads the plug-in by itself if Dateline is installed; otherwise use ``-p evals.plugin``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from evals.replies import GivenReply
    from evals.results import Scores
    from evals.run import Target
    from evals.types import Case

MARK = "dateline_cases"


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", f"{MARK}(path): run the test once for each case of a golden set")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrize a marked test with the cases of its golden set."""
    mark = metafunc.definition.get_closest_marker(MARK)
    if mark is None or "dateline_case" not in metafunc.fixturenames:
        return
    if len(mark.args) != 1:
        raise pytest.UsageError(f"@pytest.mark.{MARK} takes the path of one golden set")
    from evals.golden import read_lines, refuse_drafts  # noqa: PLC0415  (keeps pytest's start fast)

    path = _beside(metafunc.definition.path, mark.args[0])
    lines = read_lines(path)
    refuse_drafts(lines, path)
    cases = list(lines.values())
    metafunc.parametrize("dateline_case", cases, ids=[case.id for case in cases])


def _beside(test: Path, path: str | Path) -> Path:
    """Resolve a path relative to the test's file."""
    return test.parent / path


@pytest.fixture(scope="session")
def dateline_chatbot() -> Any:
    """The chatbot to ask. Override this fixture."""
    raise pytest.UsageError("define a fixture dateline_chatbot that returns the chatbot to ask")


@pytest.fixture
def dateline_reply(dateline_case: Case, dateline_chatbot: Any) -> GivenReply:
    """The chatbot's reply to ``dateline_case``."""
    from evals.replies import read_reply  # noqa: PLC0415

    return read_reply(dict(_target(dateline_chatbot).ask(dateline_case)))


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of asking a golden set: its scores, and the run's folder (for ``dateline eval report``)."""

    scores: Scores
    folder: Path

    def value(self, measure: str) -> float:
        """A measure's value; fails the test if it could not be measured."""
        found = self.scores.summaries[measure]
        if found["value"] is None:
            pytest.fail(f"{measure} could not be measured: {dict(found['missing'])}")
        return float(found["value"])


@pytest.fixture
def dateline_eval(request: pytest.FixtureRequest, dateline_chatbot: Any, tmp_path: Path) -> Callable[..., Evaluation]:
    """A function that asks a whole golden set, scores it, and fails the test if a gate does not pass."""

    def evaluate(
        golden: str | Path,
        *,
        judge: Any = "embedded",
        gates: str | Path | None = None,
        baseline: str | Path | None = None,
        articles: Mapping[str, Any] | None = None,
    ) -> Evaluation:
        """Ask, score and gate. Paths are relative to the test's file.

        Args:
            golden: the golden set.
            judge: a judge's name, any ``evals.types.Judge``, or None to skip the judged measures.
            gates: a gates file; None for no gates.
            baseline: a stored baseline, needed by gates with ``no_drop``.
            articles: ``index.types.Article`` by id; if given, quotes are checked against them.
        """
        from evals.golden import read_lines, refuse_drafts  # noqa: PLC0415
        from evals.results import read_scores, write_scores  # noqa: PLC0415
        from evals.run import run  # noqa: PLC0415
        from evals.score import score_run  # noqa: PLC0415

        path = _beside(request.path, golden)
        lines = read_lines(path)
        refuse_drafts(lines, path)
        out = tmp_path / f"run-{path.stem}"
        article_of = articles.get if articles is not None else None
        folder = run(_target(dateline_chatbot), list(lines.values()), out, suite=path.stem, article_of=article_of)
        write_scores(folder, score_run(folder, _judge(judge)))
        scores = read_scores(out)
        if gates is not None:
            _hold(scores, _beside(request.path, gates), _beside(request.path, baseline) if baseline else None)
        return Evaluation(scores, out)

    return evaluate


def _hold(scores: Scores, gates: Path, baseline: Path | None) -> None:
    from evals.gates import Status, check, read_baseline, read_gates  # noqa: PLC0415

    report = check(scores, read_gates(gates), read_baseline(baseline) if baseline else None)
    if not report.passed:
        failed = [f"{o.gate.measure}: {o.status}: {o.why}" for o in report.outcomes if o.status is not Status.PASSED]
        worse = [f"worse: {w.case_id}: {w.measure} {w.before:g} -> {w.after:g}" for w in report.worse]
        pytest.fail("\n".join([*failed, *worse]), pytrace=False)


def _judge(judge: Any) -> Any:
    if not isinstance(judge, str):
        return judge
    from evals.judges.choose import judge_named  # noqa: PLC0415
    from rag.settings import load_settings  # noqa: PLC0415

    return judge_named(judge, load_settings())


def _target(chatbot: Any) -> Target:
    """The chatbot as a ``Target``: a ``rag.engine.Chatbot`` is wrapped, anything else must have ``ask(case)``."""
    from evals.targets import ChatbotTarget  # noqa: PLC0415

    if hasattr(chatbot, "stream"):
        return ChatbotTarget(chatbot)
    return _Named(chatbot)


class _Named:
    """Adds the name and identity that a run's manifest needs to a chatbot that lacks them."""

    def __init__(self, chatbot: Any) -> None:
        self._chatbot = chatbot
        self.name = str(getattr(chatbot, "name", type(chatbot).__name__))
        self.identity: Mapping[str, Any] = getattr(chatbot, "identity", {})

    def ask(self, case: Case) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self._chatbot.ask(case)
        return found
