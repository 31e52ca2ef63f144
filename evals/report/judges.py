"""A judge's agreement with people as a table, beside published results on the same data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from evals.formats.base import JudgeSet
from evals.judges.agreement import Measured
from evals.types import Interval

WORST = 8
"""Maximum number of kinds of claim listed per set."""


def judge_table(judge: str, found: Sequence[tuple[JudgeSet, Measured]]) -> Group:
    """One row per set and measure, then the kinds of claim the judge is worst at, and published figures.

    After a set's name, the table says whether the judge was trained on it, if that is known.
    """
    table = Table("set", "claims", "measure", "value", "95 % interval", title=judge, title_justify="left")
    for _, one in found:
        for name, value in _values(one):
            interval = f"{value.low:.3f} to {value.high:.3f}"
            table.add_row(_named(one), str(one.items), name, f"{value.value:.3f}", interval)
        table.add_section()
    lines = [line for labelled, one in found for line in (*_notes(one), *_kinds(one), *_figures(labelled))]
    return Group(table, *map(Text, lines))


def _named(one: Measured) -> str:
    return f"{one.suite} ({one.training})" if one.training else one.suite


def _values(one: Measured) -> Iterator[tuple[str, Interval]]:
    named = (
        ("balanced accuracy", one.balanced_accuracy),
        ("… with tuned threshold", one.tuned),
        ("AUROC", one.auroc),
        ("picks the right of two", one.choice),
        ("Spearman", one.spearman),
    )
    return ((name, value) for name, value in named if value)


def _notes(one: Measured) -> Iterator[str]:
    if one.no_verdict:
        yield f"{one.suite}: no verdict on {one.no_verdict} of {one.items} claims, counted as wrong"
    if one.confusion:
        rates = f"sensitivity {one.confusion.sensitivity:.3f}, specificity {one.confusion.specificity:.3f}"
        yield f"{one.suite}: {rates} (share of supported claims accepted, of unsupported ones rejected)"
    elif one.kinds:
        yield f"{one.suite}: all {one.items} claims have the same label, so accuracy between labels cannot be measured"


def _kinds(one: Measured) -> Iterator[str]:
    """The kinds of claim with the lowest accuracy, lowest first."""
    ordered = sorted(one.kinds.items(), key=lambda pair: pair[1][0].value)
    return (
        f"{one.suite}: {kind}: {value.value:.3f} ({value.low:.3f} to {value.high:.3f}) of {count} judged correctly"
        for kind, (value, count) in ordered[:WORST]
    )


def _figures(labelled: JudgeSet) -> Iterator[str]:
    return (
        f"{labelled.name}: published {f.measure.replace('_', ' ')}: {f.system} {f.value:.3f} ({f.source})"
        for f in labelled.figures
    )
