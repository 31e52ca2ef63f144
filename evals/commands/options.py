"""Shared by the eval commands: options, settings, judges, output and progress bars."""

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
"""Called with the number of steps done and their total."""

NO_JUDGE = "none"

folder_type = click.Path(path_type=Path, file_okay=False)
file_type = click.Path(path_type=Path, dir_okay=False)

archive_option = click.option("--archive", type=folder_type, metavar="DIR", help="Folder of the archive.")
data_option = click.option("--data", type=folder_type, metavar="DIR", help="Folder of the published files.")
judge_option = click.option("--judge", type=click.Choice((*JUDGES, NO_JUDGE)), default="embedded", show_default=True)
cards_option = click.option("--cards", type=folder_type, metavar="DIR", help="Folder of judges' cards.")
gates_option = click.option("--gates", type=file_type, metavar="FILE", help="File of gates to check.")
baseline_option = click.option("--baseline", type=file_type, metavar="FILE", help="Baseline to compare with.")
run_argument = click.argument("run", type=folder_type)


def chosen_archive(archive: Path | None) -> Path | None:
    """The archive given after the command's name, or else the global ``--archive`` before it."""
    return archive or getattr(click.get_current_context().obj, "archive", None)


def load() -> Settings:
    """The effective settings."""
    from rag.settings import load_settings  # noqa: PLC0415  (pydantic is not needed for --help)

    return load_settings()


def made_judge(name: str, settings: Settings) -> Judge | None:
    """The judge called ``name``; None for ``none``."""
    from evals.judges.choose import judge_named  # noqa: PLC0415

    return None if name == NO_JUDGE else judge_named(name, settings)


def gated(run: Path, gates: Path, baseline: Path) -> GateReport:
    """Check a scored run against gates and a baseline."""
    from evals.gates import check, read_baseline, read_gates  # noqa: PLC0415
    from evals.results import read_scores  # noqa: PLC0415

    return check(read_scores(run), read_gates(gates), read_baseline(baseline))


def print_run(run: Path, *, as_json: bool) -> None:
    """Print a scored run on stdout, as one JSON document or as tables."""
    if as_json:
        click.echo((run / "scores.json").read_text(encoding="utf-8"), nl=False)
        return
    from evals.report.view import view  # noqa: PLC0415

    print_view(view(run))


def print_view(shown: View) -> None:
    """Print a run's tables on stdout."""
    from rich.console import Console  # noqa: PLC0415

    from evals.report.terminal import print_report  # noqa: PLC0415

    print_report(shown, Console())


@contextmanager
def progress(*labels: str) -> Iterator[list[Progress]]:
    """Progress bars on stderr, one per label, each visible from its first step on; only on a terminal."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress as Bars  # noqa: PLC0415

    with Bars(console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True) as bars:
        tasks = [bars.add_task(label, total=None, visible=False) for label in labels]
        yield [partial(_step, bars, task) for task in tasks]


def _step(bars: Any, task: Any, done: int, total: int) -> None:
    bars.update(task, completed=done, total=total, visible=True)


@contextmanager
def working(label: str) -> Iterator[None]:
    """Show a spinner with a label on stderr while the block runs; only on a terminal."""
    from rich.console import Console  # noqa: PLC0415

    if not sys.stderr.isatty():
        yield
        return
    with Console(stderr=True).status(label):
        yield
