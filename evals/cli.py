"""``dateline eval``: run, score, gate, compare, report, measure judges, draft cases. Libraries load inside commands."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import BadInput

if TYPE_CHECKING:
    from evals.gates import GateReport
    from evals.types import Judge
    from rag.settings import Settings

JUDGES = ("embedded", "model", "llm", "overlap", "cosine", "none")
FORMATS = ("terminal", "markdown", "json", "junit", "html")
FAILED = 1

folder_type = click.Path(path_type=Path, file_okay=False)
file_type = click.Path(path_type=Path, dir_okay=False)

archive_option = click.option("--archive", type=folder_type, metavar="DIR", help="Archive to ask (kept between runs).")
data_option = click.option("--data", type=folder_type, metavar="DIR", help="Folder of the published files.")
judge_option = click.option("--judge", type=click.Choice(JUDGES), default="embedded", show_default=True)
cards_option = click.option("--cards", type=folder_type, metavar="DIR", help="Folder of judges' cards.")
gates_option = click.option("--gates", type=file_type, metavar="FILE", help="Gates to hold it against.")
baseline_option = click.option("--baseline", type=file_type, metavar="FILE", help="Scores of an earlier run.")
run_argument = click.argument("run", type=folder_type)


EPILOG = """\b
In CI:
  dateline eval run --out RUN    ask the golden set over the sample archive, and score
  dateline eval gate RUN         exit code 1 where it fell below the gates"""


@click.group(epilog=EPILOG)
def group() -> None:
    """Measure the chatbot, compare runs, and gate on the result."""


@group.command("run")
@click.option("--suite", default="sample", show_default=True, metavar="NAME", help="A suite, or a golden set's file.")
@click.option("--out", type=folder_type, required=True, metavar="DIR", help="The run's folder; a stopped run goes on.")
@data_option
@archive_option
@judge_option
@cards_option
@click.option("--limit", type=click.IntRange(min=1), help="Ask only the first cases.")
@click.option("--copies", type=click.IntRange(0, 9), default=0, help="Add so many reprints of every article.")
@click.option("--target", metavar="URL", help="Ask a server instead: Dateline's, or an OpenAI-compatible one.")
@click.option("--model", help="The model to name to an OpenAI-compatible server.")
@click.option("--refusal", metavar="REGEX", help="How a refusal in plain words begins.")
@click.option("--drafts", is_flag=True, help="Also ask cases that nobody has looked at.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as one JSON document.")
def run_command(out: Path, *, as_json: bool, cards: Path | None, **options: Any) -> None:
    """Ask a chatbot a suite, and score it.

    Every reply is kept; a run that was stopped goes on where it stopped.
    """
    from evals.working import ask_suite, score_folder  # noqa: PLC0415

    settings = _settings()
    options["archive"] = options["archive"] or getattr(click.get_current_context().obj, "archive", None)
    judge_name = options.pop("judge")
    with _progress("Asking") as progress:
        ask_suite(settings, out, progress=progress, **options)
    with _working("Judging"):
        score_folder(out, _judge(judge_name, settings), cards)
    _print(out, as_json=as_json)


@group.command("score")
@run_argument
@judge_option
@cards_option
@click.option("--json", "as_json", is_flag=True, help="Print the scores as one JSON document.")
def score_command(run: Path, judge: str, cards: Path | None, *, as_json: bool) -> None:
    """Score a run again, without asking again.

    With another judge, or newer measures.
    """
    from evals.working import score_folder  # noqa: PLC0415

    with _working("Judging"):
        score_folder(run, _judge(judge, _settings()), cards)
    _print(run, as_json=as_json)


@group.command("gate")
@run_argument
@gates_option
@baseline_option
@click.option("--update-baseline", is_flag=True, help="Store this run as the baseline instead.")
@click.option("--json", "as_json", is_flag=True, help="Print the outcome as one JSON document.")
@click.pass_context
def gate_command(
    ctx: click.Context, run: Path, gates: Path | None, baseline: Path | None, *, update_baseline: bool, as_json: bool
) -> None:
    """Hold a run against gates and baseline.

    Exit code 1 where it fails, and 0 where every gate passes.
    """
    from evals.gates import BASELINE, SHIPPED, read_gates, write_baseline  # noqa: PLC0415
    from evals.report.view import view  # noqa: PLC0415
    from evals.results import read_scores  # noqa: PLC0415

    gates, baseline = gates or SHIPPED, baseline or BASELINE
    if update_baseline:
        write_baseline(baseline, read_scores(run), read_gates(gates))
        click.echo(f"wrote {baseline}")
        return
    report = _gated(run, gates, baseline)
    if as_json:
        _json_gates(run, report)
    else:
        from rich.console import Console  # noqa: PLC0415

        from evals.report.terminal import print_gates  # noqa: PLC0415

        print_gates(view(run, report), Console())
    if not report.passed:
        ctx.exit(FAILED)


@group.command("compare")
@click.argument("before", type=folder_type)
@click.argument("after", type=folder_type)
@click.option("--markdown", is_flag=True, help="Print Markdown.")
def compare_command(before: Path, after: Path, *, markdown: bool) -> None:
    """Compare two runs, case by case.

    What moved on the cases both were asked, and by more than chance?
    """
    from evals.report.comparison import comparison, comparison_markdown, print_comparison  # noqa: PLC0415

    found = comparison(before, after)
    if markdown:
        click.echo(comparison_markdown(found), nl=False)
    else:
        from rich.console import Console  # noqa: PLC0415

        print_comparison(found, Console())


@group.command("report")
@run_argument
@click.option("--format", "formats", type=click.Choice((*FORMATS, "all")), multiple=True, default=("terminal",))
@click.option("--out", type=folder_type, metavar="DIR", help="Where to write files.  [default: the run's folder]")
@gates_option
@baseline_option
def report_command(
    run: Path, formats: tuple[str, ...], out: Path | None, gates: Path | None, baseline: Path | None
) -> None:
    """Report a scored run.

    On the terminal, as Markdown, JSON, JUnit XML, or a page that needs no server.
    """
    from evals.gates import BASELINE  # noqa: PLC0415
    from evals.report.view import view  # noqa: PLC0415
    from evals.report.write import write_report  # noqa: PLC0415

    shown = view(run, _gated(run, gates, baseline or BASELINE) if gates else None)
    for kind in FORMATS if "all" in formats else formats:
        if kind == "terminal":
            _print_view(shown)
        else:
            click.echo(f"wrote {write_report(shown, kind, out or run)}", err=True)


@group.command("judge")
@click.option("--suite", "suites", multiple=True, metavar="NAME", help="Labelled claims to judge.  [default: all]")
@click.option("--data", type=folder_type, required=True, metavar="DIR", help="Folder of the published files.")
@click.option("--judge", type=click.Choice(JUDGES[:-1]), default="embedded", show_default=True)
@click.option("--limit", type=click.IntRange(min=10), help="At most so many claims a set, whole articles at a time.")
@click.option("--card", "cards", type=folder_type, metavar="DIR", help="Write the judge's card into this folder.")
def judge_command(suites: tuple[str, ...], data: Path, judge: str, limit: int | None, cards: Path | None) -> None:
    """Measure a judge on labelled claims.

    How often does it say what people said?
    """
    from rich.console import Console  # noqa: PLC0415

    from evals.report.judges import judge_table  # noqa: PLC0415
    from evals.working import measure_judge  # noqa: PLC0415

    made = _judge(judge, _settings())
    if made is None:
        raise BadInput("give a judge to measure")
    with _progress("Judging") as progress:
        found = measure_judge(made, suites, data, limit=limit, cards=cards, progress=progress)
    Console().print(judge_table(made.name, found))


@group.command("new")
@archive_option
@click.option("--out", type=file_type, required=True, metavar="FILE", help="The golden set to write.")
@click.option("--count", type=click.IntRange(1, 5000), default=50, show_default=True, help="How many cases to draft.")
@click.option("--seed", type=int, default=0, show_default=True, help="Another number drafts other cases.")
@click.option("--llm", is_flag=True, help="Let the configured language model write the questions.")
@click.pass_context
def new_command(ctx: click.Context, archive: Path | None, out: Path, count: int, seed: int, *, llm: bool) -> None:
    """Draft a golden set from an archive.

    Questions its own articles answer, for a person to correct.
    """
    from evals.working import draft_set  # noqa: PLC0415

    if out.exists():
        raise BadInput(f"{out} exists already; choose another file")
    told = draft_set(_settings(), archive or getattr(ctx.obj, "archive", None), out, count, seed, llm=llm)
    click.echo(told, err=True)


@group.command("check")
@click.argument("golden", type=file_type)
@archive_option
@click.pass_context
def check_command(ctx: click.Context, golden: Path, archive: Path | None) -> None:
    """Check a golden set line by line.

    In itself, and against the articles it asks about.
    """
    from evals.working import check_set  # noqa: PLC0415

    problems = check_set(_settings(), golden, archive or getattr(ctx.obj, "archive", None))
    for problem in problems:
        click.echo(f"{problem.path}:{problem.line}: {problem.problem}", err=True)
    if problems:
        raise BadInput(f"{golden}: {len(problems)} problems")
    click.echo(f"{golden}: fine")


def _settings() -> Settings:
    from rag.settings import load_settings  # noqa: PLC0415  (pydantic is not needed for --help)

    return load_settings()


def _judge(name: str, settings: Settings) -> Judge | None:
    from evals.judges.choose import judge_named  # noqa: PLC0415

    return None if name == "none" else judge_named(name, settings)


def _gated(run: Path, gates: Path, baseline: Path) -> GateReport:
    from evals.gates import check, read_baseline, read_gates  # noqa: PLC0415
    from evals.results import read_scores  # noqa: PLC0415

    return check(read_scores(run), read_gates(gates), read_baseline(baseline))


def _json_gates(run: Path, report: GateReport) -> None:
    import json  # noqa: PLC0415

    from evals.report.view import view  # noqa: PLC0415
    from evals.report.write import as_json  # noqa: PLC0415

    click.echo(json.dumps(json.loads(as_json(view(run, report)))["gates"], ensure_ascii=False))


def _print(run: Path, *, as_json: bool) -> None:
    from evals.report.view import view  # noqa: PLC0415

    if as_json:
        click.echo((run / "scores.json").read_text(encoding="utf-8"), nl=False)
    else:
        _print_view(view(run))


def _print_view(shown: Any) -> None:
    from rich.console import Console  # noqa: PLC0415

    from evals.report.terminal import print_report  # noqa: PLC0415

    print_report(shown, Console())


@contextmanager
def _progress(label: str) -> Iterator[Any]:
    """A bar on stderr where that is a terminal; called with done and total."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def _working(label: str) -> Iterator[None]:
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status(label) if sys.stderr.isatty() else _nothing():
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield
