"""The rows that terminal, Markdown and page share, as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.gates import GateReport
from evals.judges.card import training_of
from evals.measures.all import BY_NAME, MEASURES
from evals.measures.base import Measure
from evals.report.view import View
from rag.evidence.examples import Trained

COUNTED = {"answer_words"}
"""Measures that are counts, not shares."""


@dataclass(frozen=True, slots=True)
class Line:
    """A measure as shown; ``corrected`` is empty where the judge's error is unknown."""

    measure: Measure
    value: str
    interval: str
    measured: str
    corrected: str
    missing: str


def number(value: float | None, name: str) -> str:
    """A value as shown: three digits, or one where it is a count; a dash for none."""
    if value is None:
        return "–"
    return f"{value:.1f}" if name in COUNTED else f"{value:.3f}"


def span(found: Mapping[str, Any] | None, name: str) -> str:
    """An interval as shown."""
    if not found or found["value"] is None:
        return "–"
    return f"{number(found['low'], name)} to {number(found['high'], name)}"


def lines(view: View) -> list[Line]:
    """Every measure, in order."""
    return [_line(measure, view.scores["measures"][measure.name]) for measure in MEASURES]


def _line(measure: Measure, found: Mapping[str, Any]) -> Line:
    corrected = found.get("corrected")
    return Line(
        measure,
        number(found["value"], measure.name),
        span(found, measure.name),
        f"{found['measured']}/{found['cases']}",
        f"{corrected['value']:.3f} ({span(corrected, measure.name)})" if corrected else "",
        "; ".join(f"{count} {reason}" for reason, count in found["missing"].items()),
    )


def judge_lines(view: View) -> list[str]:
    """What is known of the judge, in sentences."""
    judge = view.scores["judge"]
    if judge is None:
        return ["No judge was run: measures that rest on one are unmeasured."]
    if view.card is None:
        return [f"The judge {judge} was never measured on claims that people labelled; `dateline eval judge` does it."]
    told = [f"The judge is {judge}. On claims that people labelled:"]
    for name, one in view.card["sets"].items():
        parts = [
            f"{label} {one[key]['value']:.3f} ({one[key]['low']:.3f} to {one[key]['high']:.3f})"
            for key, label in (
                ("balanced_accuracy", "balanced accuracy"),
                ("tuned", "with a tuned threshold"),
                ("auroc", "AUROC"),
                ("choice", "right of two"),
                ("spearman", "Spearman"),
            )
            if one[key]
        ]
        training = training_of(one)
        claims = f"{one['items']} claims, {training}" if training else f"{one['items']} claims"
        told.append(f"{name} ({claims}): {', '.join(parts)}")
    if any(training_of(one) == Trained.WHOLLY for one in view.card["sets"].values()):
        told.append("Sets it was trained on flatter it; its error is taken from the others alone.")
    told.append(
        "Corrected values take that error out (Rogan and Gladen 1978), as far as our claims are as hard as those."
    )
    return told


def confidence_lines(view: View) -> list[str]:
    """What the chatbot's own confidence is worth, in sentences; none where it tells none."""
    found = view.scores["confidence"]
    if not found["answers"]:
        return []
    whose = "Its answers' own confidence" if found["source"] == "answers" else "The confidence of its least sure claims"
    parts = [f"area under risk and coverage {found['aurc']:.3f}", f"Brier score {found['brier']:.3f}"]
    parts += [f"calibration error {found['calibration_error']:.3f}"]
    if found["separation"] is not None:
        parts.append(f"a right answer is the surer one in {found['separation']:.3f} of pairs")
    told = [f"{whose}, over {found['answers']} answers: {', '.join(parts)}."]
    told += [
        f"At most {float(risk):.0%} wrong: the {point['coverage']:.0%} of confidence {point['threshold']:.2f} or more."
        for risk, point in found["at_risk"].items()
    ]
    return told


def gate_rows(gates: GateReport | None) -> list[tuple[str, str, str]]:
    """Status, measure and reason of each gate; none where the run was held against none."""
    return [(o.status.value, o.gate.measure, o.why) for o in gates.outcomes] if gates else []


def latency_rows(view: View) -> list[tuple[str, str, str]]:
    """Step, median and 95th percentile in milliseconds."""
    return [(step, f"{one['median_ms']:.0f}", f"{one['p95_ms']:.0f}") for step, one in view.timings.items()]


def published_rows(view: View) -> list[tuple[str, ...]]:
    """Other systems on the same cases, and this run first: name, then value and interval a measure."""
    if not view.published:
        return []
    names = published_measures(view)
    own = {name: view.scores["measures"][name] for name in names}
    systems = [(view.scores["chatbot"], own), *((one["system"], one["measures"]) for one in view.published)]
    return [
        (system, *(f"{number(found[n]['value'], n)} ({span(found[n], n)})" for n in names)) for system, found in systems
    ]


def published_measures(view: View) -> Sequence[str]:
    """The measures published systems are scored on."""
    return [name for name in BY_NAME if view.published and name in view.published[0]["measures"]]
