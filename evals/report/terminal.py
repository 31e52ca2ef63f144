"""The report on the terminal."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from evals.gates import GateReport
from evals.report.tables import (
    confidence_lines,
    gate_rows,
    judge_lines,
    latency_rows,
    lines,
    published_measures,
    published_rows,
)
from evals.report.view import View

STYLES = {"passed": "green", "failed": "bold red", "unmeasured": "bold yellow"}


def print_report(view: View, console: Console) -> None:
    """Print the run's measures, judge, confidence, failures, published systems, latency and gates."""
    sentences = [Text(line) for line in (*judge_lines(view), *confidence_lines(view))]
    console.print(Group(Text(view.title, style="bold"), _measures(view), *sentences))
    if view.scores["failures"]:
        console.print(_failures(view))
    if view.published:
        console.print(_published(view))
    if view.timings:
        steps = ", ".join(f"{step} {median} / {p95}" for step, median, p95 in latency_rows(view))
        console.print(Text(f"Milliseconds, median / 95th percentile: {steps}"))
    if view.gates:
        print_gates(view.gates, console)


def print_gates(gates: GateReport, console: Console) -> None:
    """Print the result of each gate, and the cases that got worse."""
    table = Table("result", "measure", "reason", title="Gates", title_justify="left")
    for status, measure, why in gate_rows(gates):
        table.add_row(Text(status, style=STYLES[status]), measure, why)
    console.print(table)
    for note in gates.notes:
        console.print(Text(f"Note: {note}"))
    for worse in gates.worse:
        console.print(Text(f"worse: {worse.case_id}: {worse.measure} {worse.before:g} -> {worse.after:g}"))


def _measures(view: View) -> Table:
    table = Table("measure", "value", "95 % interval", "cases", "corrected for the judge's error")
    for _, group in groupby(lines(view), lambda line: line.measure.group):
        for line in group:
            better = " ↓" if line.measure.lower_is_better else ""
            table.add_row(line.measure.name + better, line.value, line.interval, line.measured, line.corrected)
        table.add_section()
    return table


def _failures(view: View) -> Table:
    table = Table("case", "error", title="Failures", title_justify="left")
    for failure in view.scores["failures"]:
        table.add_row(failure["id"], f"{failure['kind']}: {failure['message']}")
    return table


def _published(view: View) -> Table:
    table = Table("system", *published_measures(view), title="Other systems on the same cases", title_justify="left")
    for row in published_rows(view):
        table.add_row(*row)
    return table
