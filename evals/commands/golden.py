"""``dateline eval new`` and ``check``: draft golden sets for a person to correct, and check them line by line."""

from __future__ import annotations

from pathlib import Path

import click

from evals.commands.options import archive_option, chosen_archive, file_type, load
from index.errors import BadInput


@click.command("new")
@archive_option
@click.option("--out", type=file_type, required=True, metavar="FILE", help="The golden set to write.")
@click.option("--from-feedback", type=file_type, metavar="FILE", help="Draft from users' feedback on replies.")
@click.option("--count", type=click.IntRange(1, 5000), default=50, show_default=True, help="How many cases to draft.")
@click.option("--seed", type=int, default=0, show_default=True, help="Seed of the random choice of sentences.")
@click.option("--llm", is_flag=True, help="Let the configured language model write the questions.")
def new_command(
    archive: Path | None, out: Path, from_feedback: Path | None, count: int, seed: int, *, llm: bool
) -> None:
    """Draft a golden set for a person to correct.

    Drafts questions about an archive's own sentences, or turns users' feedback on replies into cases.
    """
    from evals.actions import draft_from_feedback, draft_set  # noqa: PLC0415

    if out.exists():
        raise BadInput(f"{out} exists already; choose another file")
    if from_feedback:
        summary = draft_from_feedback(from_feedback, out)
    else:
        summary = draft_set(load(), chosen_archive(archive), out, count, seed, llm=llm)
    click.echo(summary, err=True)


@click.command("check")
@click.argument("golden", type=file_type)
@archive_option
def check_command(golden: Path, archive: Path | None) -> None:
    """Check a golden set line by line.

    Reports invalid lines, and cases that do not fit the archive's articles.
    """
    from evals.actions import check_set  # noqa: PLC0415

    problems = check_set(load(), golden, chosen_archive(archive))
    for problem in problems:
        click.echo(f"{problem.path}:{problem.line}: {problem.problem}", err=True)
    if problems:
        raise BadInput(f"{golden}: {len(problems)} problems")
    click.echo(f"{golden}: no problems")
