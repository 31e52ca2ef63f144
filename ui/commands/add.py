"""``dateline add``: articles in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import BadInput
from ui.options import archive_option, json_option, settings_for
from ui.output import clean_stdout, write_json, write_text
from ui.text import one_line, visible

if TYPE_CHECKING:
    from index.archive import Archive
    from index.types import Problem, SyncReport
    from rag.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mirror", is_flag=True, help="Also remove the articles that are gone from PATH.")
@archive_option
@json_option
def add(paths: tuple[Path, ...], mirror: bool, archive: Path | None, as_json: bool) -> None:
    """Read files and folders and put their articles into the archive.

    Reads .txt .md .html .jsonl .pdf .docx, RSS and Atom files and saved pages. What is in the archive already and
    unchanged is kept without work; what cannot be read is reported by file and line, and the rest goes on.
    """
    settings = settings_for(archive)
    with clean_stdout() as out:
        from rag.assemble import open_archive  # noqa: PLC0415  (torch is not needed for --help)

        with open_archive(settings) as opened:
            report, left_out = sync_paths(opened, settings, paths, mirror=mirror)
        if as_json:
            write_json(out, report_json(report))
        else:
            for problem in report.problems:
                write_text(sys.stderr, problem_line(problem))
            write_text(out, summary(report, left_out))
    if not report.added and not report.kept:
        raise BadInput(f"No article could be read from {', '.join(visible(str(path)) for path in paths)}.")


def sync_paths(
    opened: Archive, settings: Settings, paths: tuple[Path, ...], *, mirror: bool = False
) -> tuple[SyncReport, dict[str, int]]:
    """Sync ``paths`` into an open archive, with a bar on a terminal."""
    from index.corpus import SUFFIXES, read_paths  # noqa: PLC0415
    from ui.progress import Meter, bytes_in, meter_bar  # noqa: PLC0415

    meter = Meter(bytes_in(paths, SUFFIXES))
    reading = read_paths(paths, max_bytes=int(settings.reading.max_file_mb * 1_000_000))
    with meter_bar(meter, "Adding articles") as progress:
        report = opened.sync(meter.watched(reading), mirror_roots=paths if mirror else (), progress=progress)
    return report, dict(reading.left_out)


def report_json(report: SyncReport) -> dict[str, Any]:
    """The report as plain JSON values."""
    return {
        "articles": report.articles,
        "added": report.added,
        "kept": report.kept,
        "removed": report.removed,
        "skipped": report.skipped,
        "problems": [
            {"path": str(problem.path), "line": problem.line, "problem": problem.problem} for problem in report.problems
        ],
    }


def problem_line(problem: Problem) -> str:
    """A problem as compilers write it: ``path:line: what``."""
    line = f":{problem.line}" if problem.line else ""
    return f"{visible(str(problem.path))}{line}: {one_line(problem.problem)}"


def summary(report: SyncReport, left_out: dict[str, int]) -> str:
    """What was done, in a line or two."""
    done = f"{report.added:,} added, {report.kept:,} kept, {report.removed:,} removed, {report.skipped:,} skipped"
    lines = [f"{report.articles:,} articles in the archive: {done}."]
    if left_out:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(left_out.items()))
        lines.append(f"Passed by as not readable: {kinds}.")
    return "\n".join(lines)
