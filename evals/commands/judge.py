"""``dateline eval judge``: measure how often a judge agrees with people."""

from __future__ import annotations

from pathlib import Path

import click

from evals.commands.options import folder_type, load, progress
from evals.judges import JUDGES


@click.command("judge")
@click.option("--suite", "suites", multiple=True, metavar="NAME", help="Set of labelled claims.  [default: all sets]")
@click.option("--data", type=folder_type, required=True, metavar="DIR", help="Folder of the published files.")
@click.option("--judge", type=click.Choice(JUDGES), default="embedded", show_default=True)
@click.option("--limit", type=click.IntRange(min=10), help="Maximum number of claims per set; articles stay whole.")
@click.option("--card", "cards", type=folder_type, metavar="DIR", help="Folder to write the judge's card into.")
def judge_command(suites: tuple[str, ...], data: Path, judge: str, limit: int | None, cards: Path | None) -> None:
    """Measure a judge on claims labelled by people.

    Shows how often the judge agrees with the labels, with intervals, for each published set.
    """
    from rich.console import Console  # noqa: PLC0415

    from evals.actions import measure_judge  # noqa: PLC0415
    from evals.judges.choose import judge_named  # noqa: PLC0415
    from evals.report.judges import judge_table  # noqa: PLC0415

    made = judge_named(judge, load())
    with progress("Judging") as (judging,):
        found = measure_judge(made, suites, data, limit=limit, cards=cards, progress=judging)
    Console().print(judge_table(made.name, found))
