"""``dateline eval judge``: how often a judge says what people said."""

from __future__ import annotations

from pathlib import Path

import click

from evals.commands.options import folder_type, load, progress
from evals.judges import JUDGES


@click.command("judge")
@click.option("--suite", "suites", multiple=True, metavar="NAME", help="Labelled claims to judge.  [default: all]")
@click.option("--data", type=folder_type, required=True, metavar="DIR", help="Folder of the published files.")
@click.option("--judge", type=click.Choice(JUDGES), default="embedded", show_default=True)
@click.option("--limit", type=click.IntRange(min=10), help="At most so many claims a set, whole articles at a time.")
@click.option("--card", "cards", type=folder_type, metavar="DIR", help="Write the judge's card into this folder.")
def judge_command(suites: tuple[str, ...], data: Path, judge: str, limit: int | None, cards: Path | None) -> None:
    """Measure a judge on labelled claims.

    How often does it say what people said?
    """
    from rich.console import Console  # noqa: PLC0415

    from evals.judges.choose import judge_named  # noqa: PLC0415
    from evals.report.judges import judge_table  # noqa: PLC0415
    from evals.working import measure_judge  # noqa: PLC0415

    made = judge_named(judge, load())
    with progress("Judging") as (told,):
        found = measure_judge(made, suites, data, limit=limit, cards=cards, progress=told)
    Console().print(judge_table(made.name, found))
