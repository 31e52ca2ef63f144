"""What the eval commands share: options, settings, judges, and what is shown while they work."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evals.judges import JUDGES

if TYPE_CHECKING:
    from evals.gates import GateReport
    from evals.report.view import View
    from evals.types import Judge
    from rag.settings import Settings

Progress = Callable[[int, int], None]
"""Called with what is done, and how much there is."""

NO_JUDGE = "none"

folder_type = click.Path(path_type=Path, file_okay=False)
file_type = click.Path(path_type=Path, dir_okay=False)

archive_option = click.option("--archive", type=folder_type, metavar="DIR", help="Archive to ask (kept between runs).")
data_option = click.option("--data", type=folder_type, metavar="DIR", help="Folder of the published files.")
judge_option = click.option("--judge", type=click.Choice((*JUDGES, NO_JUDGE)), default="embedded", show_default=True)
cards_option = click.option("--cards", type=folder_type, metavar="DIR", help="Folder of judges' cards.")
gates_option = click.option("--gates", type=file_type, metavar="FILE", help="Gates to hold it against.")
baseline_option = click.option("--baseline", type=file_type, metavar="FILE", help="Scores of an earlier run.")
run_argument = click.argument("run", type=folder_type)


def chosen_archive(archive: Path | None) -> Path | None:
    """The archive given after the command's name, or before it."""
    return archive or getattr(click.get_current_context().obj, "archive", None)


def load() -> Settings:
    """The settings in force."""
    from rag.settings import load_settings  # noqa: PLC0415  (pydantic is not needed for --help)

    return load_settings()


def made_judge(name: str, settings: Settings) -> Judge | None:
    """The judge of a name; None where none is wanted."""
    from evals.judges.choose import judge_named  # noqa: PLC0415

    return None if name == NO_JUDGE else judge_named(name, settings)


def gated(run: Path, gates: Path, baseline: Path) -> GateReport:
    """A scored run held against gates and baseline."""
    from evals.gates import check, read_baseline, read_gates  # noqa: PLC0415
    from evals.results import read_scores  # noqa: PLC0415

    return check(read_scores(run), read_gates(gates), read_baseline(baseline))


def print_run(run: Path, *, as_json: bool) -> None:
    """A scored run on stdout, as one JSON document or as tables."""
    if as_json:
        click.echo((run / "scores.json").read_text(encoding="utf-8"), nl=False)
        return
    from evals.report.view import view  # noqa: PLC0415

    print_view(view(run))


def print_view(shown: View) -> None:
    """A run's tables on stdout."""
    from rich.console import Console  # noqa: PLC0415

    from evals.report.terminal import print_report  # noqa: PLC0415

    print_report(shown, Console())


@contextmanager
def progress(*labels: str) -> Iterator[list[Progress]]:
    """A bar for each label on stderr, where that is a terminal; shown from its first step on."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    with Bars(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:
        tasks = [bars.add_task(label, total=None, visible=False) for label in labels]
        yield [partial(_step, bars, task) for task in tasks]


def _step(bars: Any, task: Any, done: int, total: int) -> None:
    bars.update(task, completed=done, total=total, visible=True)


@contextmanager
def working(label: str) -> Iterator[None]:
    """A word on stderr, where that is a terminal, for as long as something takes."""
    from rich.console import Console  # noqa: PLC0415

    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(label):
        yield
