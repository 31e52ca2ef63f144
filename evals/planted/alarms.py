"""How often the deterministic checks flag claims that people labelled as supported, and claims they did not.

    python -m evals.planted.alarms DATA

The claims come from published sets and paraphrase their evidence. A flag on a supported claim is a false positive, or
the claim has a name, date or speaker that its evidence lacks, which the labels of these sets tolerate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from evals.formats.base import JudgeSet, Labelled
from evals.formats.judge_sets import attributionbench, fib, qags, summedits, wice
from evals.planted.telling import one_sentence, percent
from evals.statistics.rates import wilson
from evals.types import Interval
from rag.checks import run

_SETS = (wice, attributionbench, qags, fib, summedits)


@dataclass(frozen=True, slots=True)
class Alarms:
    """The share flagged of ``total`` claims of a set with one label, and the share per check, largest first."""

    name: str
    supported: bool
    total: int
    objected: Interval
    by_check: tuple[tuple[str, float], ...]


def measure(judged: JudgeSet) -> list[Alarms]:
    """One row for the supported claims of the set and one for the others."""
    rows = [
        _row(judged.name, label, [i for i in judged.items if i.supported is label and i.pair.evidence])
        for label in (True, False)
    ]
    return [row for row in rows if row is not None]


def _row(name: str, label: bool, items: Sequence[Labelled]) -> Alarms | None:
    if not items:
        return None
    checks: Counter[str] = Counter()
    objected = 0
    for item in items:
        found = {finding.check for finding in run(item.pair.claim, "\n\n".join(item.pair.evidence))}
        checks.update(found)
        objected += bool(found)
    shares = tuple((check, count / len(items)) for check, count in checks.most_common())
    return Alarms(name, label, len(items), wilson(objected, len(items)), shares)


def table(rows: Sequence[Alarms]) -> str:
    """The rows as plain text: percentages with 95 % Wilson intervals."""
    lines = [f"{'set':18} {'label':13} {'n':>5}  {'flagged':>22}   by check"]
    for row in rows:
        checks = ", ".join(f"{check} {100 * share:.1f}" for check, share in row.by_check)
        label = "supported" if row.supported else "not supported"
        lines.append(f"{row.name:18} {label:13} {row.total:5}  {percent(row.objected)}   {checks}")
    return "\n".join(lines)


@click.command(help=__doc__)
@click.argument("data", type=click.Path(path_type=Path))
def main(data: Path) -> None:
    """Print the table."""
    with one_sentence():
        click.echo(table([row for read in _SETS for row in measure(read(data))]))


if __name__ == "__main__":
    main()
