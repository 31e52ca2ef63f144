"""The rows and sentences that the terminal, Markdown and HTML reports share, as text."""

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
    """A measure as shown; ``corrected`` is empty if it cannot be corrected for the judge's error."""

    measure: Measure
    value: str
    interval: str
    measured: str
    corrected: str
    missing: str


def number(value: float | None, name: str) -> str:
    """A value as shown: three decimals, one for counts, a dash for None."""
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
    """The judge's measured agreement with people, in sentences."""
    judge = view.scores["judge"]
    if judge is None:
        return ["No judge was run, so judged measures are unmeasured."]
    if view.card is None:
        return [f"The judge {judge} has not been measured on claims labelled by people; run `dateline eval judge`."]
    found = [
        f"The judge is {judge}. Its agreement with people on labelled claims:",
        *(_agreement(name, one) for name, one in view.card["sets"].items()),
    ]
    if any(training_of(one) == Trained.WHOLLY for one in view.card["sets"].values()):
        found.append(
            "Agreement is optimistic on sets the judge was trained on; its error rates are taken from the other sets."
        )
    found.append(_correction(view.scores["measures"]))
    return found


def _correction(measures: Mapping[str, Mapping[str, Any]]) -> str:
    uncorrected = [name for name, one in measures.items() if "corrected" in one and not one["corrected"]]
    if uncorrected:
        return (
            f"No corrected value for {', '.join(uncorrected)}: either the judge is too close to chance, or the share "
            "it accepts here is outside what its measured error rates allow, so the labelled claims are not comparable."
        )
    return (
        "Corrected values remove the judge's error (Rogan and Gladen 1978), assuming that the claims here are as hard "
        "as the labelled ones."
    )


AGREEMENT = (
    ("balanced_accuracy", "balanced accuracy"),
    ("tuned", "with a tuned threshold"),
    ("auroc", "AUROC"),
    ("choice", "picks the right of two"),
    ("spearman", "Spearman"),
)
"""Keys of a judge's card with the names shown."""


def _agreement(name: str, one: Mapping[str, Any]) -> str:
    parts = [
        f"{label} {one[key]['value']:.3f} ({one[key]['low']:.3f} to {one[key]['high']:.3f})"
        for key, label in AGREEMENT
        if one[key]
    ]
    training = training_of(one)
    claims = f"{one['items']} claims, {training}" if training else f"{one['items']} claims"
    return f"{name} ({claims}): {', '.join(parts)}"


def confidence_lines(view: View) -> list[str]:
    """The quality of the chatbot's own confidence, in sentences; empty if its answers have none."""
    found = view.scores["confidence"]
    if not found["answers"]:
        return []
    source = "answers" if found["source"] == "answers" else "least certain claims"
    parts = [f"area under the risk-coverage curve {found['aurc']:.3f}", f"Brier score {found['brier']:.3f}"]
    parts += [f"calibration error {found['calibration_error']:.3f}"]
    if found["separation"] is not None:
        parts.append(f"AUROC of right against wrong answers {found['separation']:.3f}")
    shown = [f"Confidence of the chatbot's {source}, over {found['answers']} answers: {', '.join(parts)}."]
    shown += [
        f"In this run at most {float(risk):.0%} of answers are wrong from a confidence of {point['threshold']:.2f} up, "
        f"which is {point['coverage']:.0%} of the answers."
        for risk, point in found["at_risk"].items()
    ]
    return shown


def gate_rows(gates: GateReport | None) -> list[tuple[str, str, str]]:
    """Status, measure and reason of each gate; empty without gates."""
    return [(o.status.value, o.gate.measure, o.why) for o in gates.outcomes] if gates else []


def latency_rows(view: View) -> list[tuple[str, str, str]]:
    """Step, median and 95th percentile in milliseconds."""
    return [(step, f"{one['median_ms']:.0f}", f"{one['p95_ms']:.0f}") for step, one in view.timings.items()]


def published_rows(view: View) -> list[tuple[str, ...]]:
    """This run, then other systems on the same cases: name, then value and interval of each measure."""
    if not view.published:
        return []
    names = published_measures(view)
    own = {name: view.scores["measures"][name] for name in names}
    systems = [(view.scores["chatbot"], own), *((one["system"], one["measures"]) for one in view.published)]
    return [
        (system, *(f"{number(found[n]['value'], n)} ({span(found[n], n)})" for n in names)) for system, found in systems
    ]


def published_measures(view: View) -> Sequence[str]:
    """The measures that published systems are scored on."""
    return [name for name in BY_NAME if view.published and name in view.published[0]["measures"]]
