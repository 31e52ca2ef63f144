"""The report as Markdown, for a comment on a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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

SIGNS = {"passed": "✅ passed", "failed": "❌ failed", "unmeasured": "⚠️ unmeasured"}
MOST_WORSE = 50


def markdown(view: View) -> str:
    """Render the whole report."""
    parts = [f"## Dateline evaluation: {_text(view.title)}", _gates(view), _measures(view), _judge(view)]
    parts += [_confidence(view), _failures(view), _published(view), _latency(view), _about(view)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _gates(view: View) -> str:
    if not view.gates:
        return ""
    verdict = "All gates passed." if view.gates.passed else "**Not all gates passed.**"
    rows = [(SIGNS[status], measure, why) for status, measure, why in gate_rows(view.gates)]
    parts = [verdict, table(("result", "measure", "reason"), rows), *view.gates.notes]
    if view.gates.worse:
        worse = [(w.case_id, w.measure, f"{w.before:g}", f"{w.after:g}") for w in view.gates.worse[:MOST_WORSE]]
        more = len(view.gates.worse) - len(worse)
        parts += [
            f"<details><summary>{len(view.gates.worse)} scores got worse</summary>\n",
            table(("case", "measure", "before", "after"), worse) + (f"\n\nand {more} more" if more else ""),
            "</details>",
        ]
    return "\n\n".join(parts)


def _measures(view: View) -> str:
    rows = [
        (
            line.measure.name + (" ↓" if line.measure.lower_is_better else ""),
            line.value,
            line.interval,
            line.measured,
            line.corrected,
        )
        for line in lines(view)
    ]
    return table(("measure", "value", "95 % interval", "cases", "corrected for the judge's error"), rows)


def _judge(view: View) -> str:
    first, *rest = judge_lines(view)
    return "\n".join([_text(first), *(f"- {_text(line)}" for line in rest)])


def _confidence(view: View) -> str:
    return "\n".join(f"- {_text(line)}" for line in confidence_lines(view))


def _failures(view: View) -> str:
    rows = [(f["id"], f"{f['kind']}: {f['message']}") for f in view.scores["failures"]]
    return "### Failures\n\n" + table(("case", "error"), rows) if rows else ""


def _published(view: View) -> str:
    rows = published_rows(view)
    return (
        "### Other systems on the same cases\n\n" + table(("system", *published_measures(view)), rows) if rows else ""
    )


def _latency(view: View) -> str:
    rows = latency_rows(view)
    return table(("step", "median ms", "95th percentile ms"), rows) if rows else ""


def _about(view: View) -> str:
    manifest = view.manifest
    versions = ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
    return _text(f"{manifest['date']}, commit {manifest['commit'] or 'unknown'}, {versions}")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the text of cells is escaped."""
    written = [[_text(cell) for cell in row] for row in rows]
    return "\n".join("| " + " | ".join(row) + " |" for row in [list(head), ["---"] * len(head), *written])


def _text(text: str) -> str:
    """Escape untrusted text (articles, error messages): no markup, mentions, new cells or line breaks."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("@", "@\u200b")
    for sign in "<>`*_[]#!":
        plain = plain.replace(sign, f"&#{ord(sign)};") if sign in "<>" else plain.replace(sign, f"\\{sign}")
    return plain
