"""The choice of the refusal threshold, on runs whose best threshold is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from evals.cli import group
from evals.folder import RunFolder
from evals.measures.base import Asked
from evals.replies import GivenReply
from evals.thresholds import find_threshold
from evals.types import Case, Expect
from index.errors import BadInput


def asked(
    number: int, confidence: float | None, *, answerable: bool = True, answered: bool = True, story: int | None = None
) -> Asked:
    expect = Expect.ANSWER if answerable else Expect.REFUSE
    tags = (f"story:{number if story is None else story}",)
    reply = GivenReply(status="answered" if answered else "abstained", answer="", confidence=confidence)
    return Asked(Case(f"c{number}", f"Question {number}?", expect, answers=("12",) * answerable, tags=tags), reply)


def run(answerable: list[float | None], others: list[float | None]) -> list[Asked]:
    return [asked(n, c) for n, c in enumerate(answerable)] + [
        asked(100 + n, c, answerable=False) for n, c in enumerate(others)
    ]


def test_the_threshold_separates_right_from_wrong_answers() -> None:
    found = find_threshold(run([0.7, 0.8, 0.9], [0.1, 0.2, 0.3]), 0.2)
    assert found.best == 0.31  # the lowest of those that refuse 0.3
    assert (found.lines[0.31].f1.value, found.lines[0.31].over.value) == (1.0, 0.0)
    assert (found.lines[0.0].recall.value, found.lines[0.8].over.value) == (0.0, pytest.approx(1 / 3))


@pytest.mark.parametrize(("most_over", "line"), [(0.2, 0.31), (0.4, 0.61)])
def test_over_refusal_stays_within_the_limit(most_over: float, line: float) -> None:
    found = find_threshold(run([0.4, 0.7, 0.8], [0.1, 0.2, 0.3, 0.5, 0.55, 0.6]), most_over)
    assert found.best == line


def test_a_refusal_for_another_reason_stays_at_every_threshold() -> None:
    gone = [asked(50, None, answered=False), asked(51, 0.9, answered=False)]
    found = find_threshold([*run([0.7] * 8, [0.1]), *gone], 0.2)
    assert found.lines[0.0].over.value == pytest.approx(0.2)  # two of ten
    with pytest.raises(BadInput, match="more than 10% of the answerable questions are refused at every threshold"):
        find_threshold([*run([0.7] * 8, [0.1]), *gone], 0.1)


def test_a_low_confidence_refusal_may_be_answered_at_a_lower_threshold() -> None:
    refused = [asked(50, 0.2, answered=False), asked(51, 0.05, answerable=False, answered=False)]
    found = find_threshold([*run([0.7] * 3, []), *refused], 0.2)
    assert found.best == 0.06
    assert found.lines[0.06].over.value == 0.0


def test_the_threshold_is_cross_validated_over_stories() -> None:
    """One story alone asks for a high line: on the others, which cannot know it, that line is not used."""
    odd = [asked(200 + n, 0.65, answerable=False, story=7) for n in range(3)]
    found = find_threshold([*run([0.6, 0.7, 0.8, 0.9, 0.9], [0.1, 0.2]), *odd], 0.25)
    assert found.best == 0.66
    assert found.lines[0.66].recall.value == 1.0
    assert found.tried.recall.value == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("cases", "why"),
    [
        (run([0.7], []), "the run lacks one kind"),
        (run([], [0.7]), "the run lacks one kind"),
        (run([None], [None]), "no answer of this run has a confidence"),
    ],
)
def test_an_unusable_run_is_reported_with_the_reason(cases: list[Asked], why: str) -> None:
    with pytest.raises(BadInput, match=why):
        find_threshold(cases, 0.2)


def test_the_command_prints_the_threshold_as_a_setting(tmp_path: Path) -> None:
    cases = run([0.7] * 6, [0.2] * 6)
    folder = RunFolder(tmp_path / "run")
    folder.begin([one.case for one in cases], {"identity": {}})
    for one in cases:
        assert one.reply
        reply = {"status": one.reply.status, "answer": "", "confidence": one.reply.confidence}
        folder.append({"id": one.case.id, "reply": reply, "seconds": 0.1})
    told = CliRunner().invoke(group, ["threshold", str(folder.path)])
    assert told.exit_code == 0, told.output
    assert told.output.endswith("[reader]\nthreshold = 0.21\n")
    assert "1.00 [" in told.output
