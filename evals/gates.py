"""Gates that a build must pass: absolute bounds, and no significant drop against a stored baseline.

A gate is unmeasured if its measure has fewer cases than the gate requires, and an unmeasured gate fails the build. So
a chatbot that never answers, or a judge that never gives a verdict, cannot pass.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from evals.comparing import NOTHING, Change, Marks, Worse, changes, worse_cases
from evals.json_files import read_json
from evals.measures.all import BY_NAME
from evals.replies import first_fault
from evals.results import Scores
from index.errors import BadInput

SHIPPED = Path(__file__).parent / "gates.toml"
BASELINE = Path(__file__).parent / "baseline.json"
MEND = "`dateline eval gate RUN --update-baseline` writes it"


class Gate(BaseModel):
    """One gate: bounds, ``no_drop`` or both, on at least ``cases`` measured cases.

    ``at_least`` and ``at_most`` bound the value itself, not its interval. ``no_drop`` fails the gate if the value is
    significantly worse than the baseline's.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    measure: str
    cases: Annotated[int, Field(ge=1)]
    at_least: float | None = None
    at_most: float | None = None
    no_drop: bool = False

    @model_validator(mode="after")
    def _asks_something(self) -> Gate:
        if self.measure not in BY_NAME:
            raise ValueError(f"no measure is called {self.measure!r}; use one of {', '.join(BY_NAME)}")
        if self.at_least is None and self.at_most is None and not self.no_drop:
            raise ValueError(f"the gate on {self.measure} requires nothing; give at_least, at_most or no_drop")
        return self


class _GatesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    gate: list[Gate] = Field(min_length=1)


class Status(StrEnum):
    """The result of a gate."""

    PASSED = "passed"
    FAILED = "failed"
    UNMEASURED = "unmeasured"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A gate's result and the reason, in one sentence."""

    gate: Gate
    status: Status
    why: str


@dataclass(frozen=True, slots=True)
class GateReport:
    """The results of all gates. ``worse`` lists the cases that score worse than the baseline on a gated measure."""

    outcomes: tuple[Outcome, ...]
    worse: tuple[Worse, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every gate passed."""
        return all(outcome.status is Status.PASSED for outcome in self.outcomes)


@dataclass(frozen=True, slots=True)
class Baseline:
    """The scores of an earlier run on the gated measures."""

    suite: str
    judge: str | None
    cases_digest: str
    marks: Marks


def read_gates(path: Path) -> list[Gate]:
    """The gates in a file, in its order.

    Raises:
        BadInput: the file cannot be read, is not TOML, or holds an invalid gate.
    """
    try:
        return _GatesFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).gate
    except OSError as error:
        raise BadInput(f"cannot read the gates {path}: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{path}: not TOML ({error})") from None
    except ValidationError as error:
        raise BadInput(f"{path}: {first_fault(error)}") from None


def check(scores: Scores, gates: Sequence[Gate], baseline: Baseline | None) -> GateReport:
    """Check a run against gates. Without a baseline, gates with ``no_drop`` are unmeasured.

    Significance is adjusted by Holm's method over all comparable ``no_drop`` gates.
    """
    before = baseline.marks if baseline else NOTHING
    comparable = [gate for gate in gates if _comparable(gate, scores, baseline)]
    guarded = [gate.measure for gate in comparable if gate.no_drop]
    moved = {change.measure: change for change in changes(before, scores.marks, scores.stories, guarded)}
    return GateReport(
        tuple(_outcome(gate, scores, baseline, moved) for gate in gates),
        tuple(worse_cases(before, scores.marks, [gate.measure for gate in comparable])),
        _notes(scores, baseline) if any(gate.no_drop for gate in gates) else (),
    )


def _comparable(gate: Gate, scores: Scores, baseline: Baseline | None) -> bool:
    return baseline is not None and (not BY_NAME[gate.measure].judged or baseline.judge == scores.judge)


def _outcome(gate: Gate, scores: Scores, baseline: Baseline | None, moved: Mapping[str, Change]) -> Outcome:
    if scores.unasked:
        return Outcome(gate, Status.UNMEASURED, f"the run is not finished: {scores.unasked} cases were not asked")
    summary = scores.summaries[gate.measure]
    value, measured = summary["value"], summary["measured"]
    if value is None or measured < gate.cases:
        return Outcome(gate, Status.UNMEASURED, f"measured on {measured} cases, {gate.cases} are required")
    shown = f"{value:.3f} on {measured} cases"
    if gate.at_least is not None and value < gate.at_least:
        return Outcome(gate, Status.FAILED, f"{shown}, at least {gate.at_least:g} is required")
    if gate.at_most is not None and value > gate.at_most:
        return Outcome(gate, Status.FAILED, f"{shown}, at most {gate.at_most:g} is allowed")
    if not gate.no_drop:
        return Outcome(gate, Status.PASSED, shown)
    return _against_baseline(gate, shown, baseline, moved.get(gate.measure), scores)


def _against_baseline(
    gate: Gate, shown: str, baseline: Baseline | None, change: Change | None, scores: Scores
) -> Outcome:
    if baseline is None:
        return Outcome(gate, Status.UNMEASURED, f"{shown}, but there is no baseline; {MEND}")
    if not _comparable(gate, scores, baseline):
        return Outcome(gate, Status.UNMEASURED, f"{shown}, but the baseline's judge was {baseline.judge}; {MEND}")
    if change is None or change.difference.cases < gate.cases:
        shared = change.difference.cases if change else 0
        return Outcome(gate, Status.UNMEASURED, f"{shown}, but only {shared} of them are in the baseline; {MEND}")
    moved = f"{shown}, baseline {change.before:.3f}, p = {change.p_value:.3f}"
    if change.for_the_worse and change.significant:
        return Outcome(gate, Status.FAILED, f"{moved}: significantly worse")
    return Outcome(gate, Status.PASSED, moved)


def _notes(scores: Scores, baseline: Baseline | None) -> tuple[str, ...]:
    if baseline is None:
        return ()
    if baseline.suite != scores.suite:
        return (f"the baseline is for the suite {baseline.suite}, but this run is of {scores.suite}",)
    if baseline.cases_digest != scores.cases_digest:
        return ("the golden set changed since the baseline; only cases in both are compared",)
    return ()


def read_baseline(path: Path) -> Baseline | None:
    """The stored baseline, or None where there is none yet."""
    if not path.exists():
        return None
    found = read_json(path, MEND)
    values: dict[str, dict[str, float]] = {}
    weights: dict[str, dict[str, float]] = {}
    for case_id, case in found["cases"].items():
        for name, mark in case.items():
            value, weight = mark if isinstance(mark, list) else (mark, 1.0)
            values.setdefault(name, {})[case_id] = value
            weights.setdefault(name, {})[case_id] = weight
    marks = Marks(values, weights, frozenset(found["cases"]))
    return Baseline(found["suite"], found["judge"], found["cases_digest"], marks)


def write_baseline(path: Path, scores: Scores, gates: Sequence[Gate]) -> None:
    """Store a run's scores on the gated measures, one line per case, so that changes are readable in a diff.

    A score whose weight is not 1 is written as ``[value, weight]``.
    """
    names = sorted({gate.measure for gate in gates})
    cases = {
        case_id: {name: _mark(scores.marks, name, case_id) for name in names if case_id in scores.values[name]}
        for case_id in scores.stories
    }
    head: dict[str, Any] = {
        "suite": scores.suite,
        "judge": scores.judge,
        "cases_digest": scores.cases_digest,
        "measures": {name: scores.summaries[name]["value"] for name in names},
    }
    lines = [f" {json.dumps(key)}: {json.dumps(value)}" for key, value in head.items()]
    body = ",\n".join(f"  {json.dumps(case_id)}: {json.dumps(case)}" for case_id, case in cases.items())
    path.write_text("{\n" + ",\n".join(lines) + ',\n "cases": {\n' + body + "\n }\n}\n", encoding="utf-8")


def _mark(marks: Marks, measure: str, case_id: str) -> float | list[float]:
    value, weight = marks.of(measure, case_id)
    return value if weight == 1 else [value, weight]
