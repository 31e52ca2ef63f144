"""``dateline eval threshold``: choose the confidence below which the reader refuses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from evals.commands.options import run_argument

if TYPE_CHECKING:
    from evals.thresholds import Found, Refusals
    from evals.types import Interval


@click.command("threshold")
@run_argument
@click.option(
    "--over-refusal", "most_over", type=click.FloatRange(0, 1), default=0.2, show_default=True, metavar="SHARE",
    help="Refuse at most this share of the answerable questions.",
)  # fmt: skip
def threshold_command(run: Path, most_over: float) -> None:
    """Choose the reader.threshold that suits an archive.

    Finds the confidence below which to refuse, from the replies of a run, without asking again.
    """
    from evals.folder import RunFolder  # noqa: PLC0415
    from evals.score import score_run  # noqa: PLC0415
    from evals.thresholds import find_threshold  # noqa: PLC0415

    found = find_threshold(score_run(RunFolder(run), None, ()).asked, most_over)
    _print(found)
    click.echo(f"\nIn dateline.toml:\n\n[reader]\nthreshold = {found.best:g}")


def _print(found: Found) -> None:
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Column, Table  # noqa: PLC0415

    shares = ("refusal F1", "refusal recall", "over-refusal")
    table = Table("threshold", *(Column(name, no_wrap=True) for name in shares))
    for line, refusals in found.lines.items():
        table.add_row(f"{line:g}", *_cells(refusals), style="bold" if line == found.best else None)
    table.add_section()
    table.add_row("best, cross-validated", *_cells(found.tried))
    Console().print(table)


def _cells(refusals: Refusals) -> list[str]:
    return [_shown(value) for value in (refusals.f1, refusals.recall, refusals.over)]


def _shown(value: Interval) -> str:
    return f"{value.value:.2f} [{value.low:.2f}, {value.high:.2f}]"
