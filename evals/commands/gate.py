"""``dateline eval gate``, ``compare`` and ``report``: check, compare and report scored runs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from evals.commands.options import baseline_option, folder_type, gated, gates_option, print_view, run_argument

FORMATS = ("terminal", "markdown", "json", "junit", "html")
FAILED = 1


@click.command("gate")
@run_argument
@gates_option
@baseline_option
@click.option("--update-baseline", is_flag=True, help="Store this run as the baseline instead of checking it.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON document.")
@click.pass_context
def gate_command(
    ctx: click.Context, run: Path, gates: Path | None, baseline: Path | None, *, update_baseline: bool, as_json: bool
) -> None:
    """Check a run against gates and a baseline.

    The exit code is 0 if every gate passes and 1 if one does not.
    """
    from evals.gates import BASELINE, SHIPPED, read_gates, write_baseline  # noqa: PLC0415
    from evals.results import read_scores  # noqa: PLC0415

    gates, baseline = gates or SHIPPED, baseline or BASELINE
    if update_baseline:
        write_baseline(baseline, read_scores(run), read_gates(gates))
        click.echo(f"wrote {baseline}")
        return
    report = gated(run, gates, baseline)
    if as_json:
        from evals.report.write import gates_value  # noqa: PLC0415

        click.echo(json.dumps(gates_value(report), ensure_ascii=False))
    else:
        from rich.console import Console  # noqa: PLC0415

        from evals.report.terminal import print_gates  # noqa: PLC0415

        print_gates(report, Console())
    if not report.passed:
        ctx.exit(FAILED)


@click.command("compare")
@click.argument("before", type=folder_type)
@click.argument("after", type=folder_type)
@click.option("--markdown", is_flag=True, help="Print Markdown.")
def compare_command(before: Path, after: Path, *, markdown: bool) -> None:
    """Compare two runs, case by case.

    Shows which measures changed on the cases of both runs, and which changes are significant.
    """
    from evals.report.comparison import comparison, comparison_markdown, print_comparison  # noqa: PLC0415

    found = comparison(before, after)
    if markdown:
        click.echo(comparison_markdown(found), nl=False)
    else:
        from rich.console import Console  # noqa: PLC0415

        print_comparison(found, Console())


@click.command("report")
@run_argument
@click.option("--format", "formats", type=click.Choice((*FORMATS, "all")), multiple=True, default=("terminal",))
@click.option("--out", type=folder_type, metavar="DIR", help="Folder for the files.  [default: the run's folder]")
@gates_option
@baseline_option
def report_command(
    run: Path, formats: tuple[str, ...], out: Path | None, gates: Path | None, baseline: Path | None
) -> None:
    """Report a scored run.

    Prints it, or writes it as Markdown, JSON, JUnit XML or a self-contained HTML page.
    """
    from evals.gates import BASELINE  # noqa: PLC0415
    from evals.report.view import view  # noqa: PLC0415
    from evals.report.write import write_report  # noqa: PLC0415

    shown = view(run, gated(run, gates, baseline or BASELINE) if gates else None)
    for kind in FORMATS if "all" in formats else formats:
        if kind == "terminal":
            print_view(shown)
        else:
            click.echo(f"wrote {write_report(shown, kind, out or run)}", err=True)
