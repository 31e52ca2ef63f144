"""A judge's measurement as a table, beside what others published on the same data."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from evals.formats.base import JudgeSet
from evals.judges.agreement import Measured
from evals.types import Interval


def judge_table(judge: str, found: Sequence[tuple[JudgeSet, Measured]]) -> Group:
    """One row a set, then the kinds of claim it is worst at, and published figures."""
    table = Table(
        "set", "claims", "no verdict", "balanced accuracy", "with tuned threshold", "AUROC", "right of two", "Spearman",
        title=judge, title_justify="left",
    )  # fmt: skip
    for _, one in found:
        values = (one.balanced_accuracy, one.tuned, one.auroc, one.choice, one.spearman)
        table.add_row(one.suite, str(one.items), str(one.no_verdict), *map(_told, values))
    kinds = [Text(line) for _, one in found for line in _kinds(one)]
    figures = [
        Text(f"published on {labelled.name}: {f.system} {f.measure} {f.value:.3f} ({f.source})")
        for labelled, _ in found
        for f in labelled.figures
    ]
    return Group(table, *kinds, *figures)


def _told(value: Interval | None) -> str:
    return f"{value.value:.3f} ({value.low:.3f} to {value.high:.3f})" if value else "–"


def _kinds(one: Measured) -> list[str]:
    """Each kind of claim, worst first."""
    ordered = sorted(one.kinds.items(), key=lambda pair: pair[1][0].value)
    return [f"{one.suite}: {kind}: {value.value:.3f} right of {count}" for kind, (value, count) in ordered[:8]]
