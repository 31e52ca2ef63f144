"""Writes a run's report files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from evals.gates import GateReport
from evals.report.junit import junit
from evals.report.markdown import markdown
from evals.report.page import page
from evals.report.view import View


def as_json(view: View) -> str:
    """Render everything a script may need: the manifest, all scores, the judge's card and the gates."""
    value = {
        "manifest": view.manifest,
        "scores": view.scores,
        "timings": view.timings,
        "judge_card": view.card,
        "published": list(view.published),
        "gates": gates_value(view.gates) if view.gates else None,
    }
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def gates_value(gates: GateReport) -> dict[str, Any]:
    """The result of each gate, and the cases that got worse, as JSON values."""
    return {
        "passed": gates.passed,
        "outcomes": [{"measure": o.gate.measure, "status": o.status, "why": o.why} for o in gates.outcomes],
        "worse": [{"id": w.case_id, "measure": w.measure, "before": w.before, "after": w.after} for w in gates.worse],
    }


FORMATS: Mapping[str, tuple[str, Callable[[View], str]]] = {
    "markdown": ("report.md", markdown),
    "json": ("report.json", as_json),
    "junit": ("report.xml", junit),
    "html": ("report.html", page),
}


def write_report(view: View, kind: str, folder: Path) -> Path:
    """Write a report of one format into ``folder``; the path of the file is returned."""
    name, make = FORMATS[kind]
    path = folder / name
    path.write_text(make(view), encoding="utf-8")
    return path
