"""``dateline add``: read articles into the archive."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from index.errors import BadInput
from ui.options import Named, archive_option, json_option, settings_for
from ui.output import clean_stdout, write_json, write_text
from ui.text import one_line, visible

if TYPE_CHECKING:
    from index.archive import Archive
    from index.corpus import Reading
    from index.types import Article, Problem, SyncReport
    from rag.settings import Settings


@click.command()
@click.argument("paths", nargs=-1, required=True, type=Named(path_type=Path))
@click.option("--mirror", is_flag=True, help="Also remove articles whose files are gone from PATH.")
@archive_option
@json_option
def add(paths: tuple[Path, ...], mirror: bool, archive: Path | None, as_json: bool) -> None:
    """Read files and folders and add their articles to the archive.

    Reads .txt .md .html .jsonl .pdf .docx, RSS and Atom files and saved web pages. Unchanged articles are not
    processed again. A file that cannot be read is reported with its line, and the others are still added.
    """
    settings = settings_for(archive)
    with clean_stdout() as out:
        report, left_out = _added(settings, paths, mirror=mirror)
        if as_json:
            write_json(out, report_json(report))
        else:
            for problem in report.problems:
                write_text(sys.stderr, problem_line(problem))
            write_text(out, summary(report, left_out))
    if not report.added and not report.kept:
        raise BadInput(f"No article could be read from {', '.join(map(path_shown, paths))}.")


def _added(settings: Settings, paths: tuple[Path, ...], *, mirror: bool) -> tuple[SyncReport, dict[str, int]]:
    """Sync ``paths`` into the archive; a missing archive is only created if at least one article can be read."""
    from index.archive import Archive  # noqa: PLC0415
    from index.types import Article, SyncReport  # noqa: PLC0415
    from rag.opening import open_archive  # noqa: PLC0415  (torch is not needed for --help)

    reading, before = _read(settings, paths), []
    if not Archive.exists(settings.archive):
        for record in reading:
            before.append(record)
            if isinstance(record, Article):
                break
        else:
            problems = tuple(record for record in before if not isinstance(record, Article))
            skipped = sum(problem.skipped for problem in problems)
            return SyncReport(0, 0, 0, 0, skipped, problems), dict(reading.left_out)
    with open_archive(settings) as opened:
        try:
            report = _synced(opened, chain(before, reading), paths, mirror=mirror)
        except KeyboardInterrupt:
            write_text(
                sys.stderr, "dateline: interrupted; articles added so far are kept. Run the same command to continue."
            )
            raise
    return report, dict(reading.left_out)


def sync_paths(opened: Archive, settings: Settings, paths: tuple[Path, ...]) -> SyncReport:
    """Sync ``paths`` into an open archive, with a progress bar on a terminal."""
    return _synced(opened, _read(settings, paths), paths, mirror=False)


def _read(settings: Settings, paths: tuple[Path, ...]) -> Reading:
    from index.corpus import read_paths  # noqa: PLC0415

    return read_paths(paths, max_bytes=int(settings.reading.max_file_mb * 1_000_000))


def _synced(
    opened: Archive, records: Iterable[Article | Problem], paths: tuple[Path, ...], *, mirror: bool
) -> SyncReport:
    from index.corpus import SUFFIXES  # noqa: PLC0415
    from ui.progress import Meter, bytes_in, meter_bar  # noqa: PLC0415

    meter = Meter(bytes_in(paths, SUFFIXES))
    with meter_bar(meter, "Adding articles") as progress:
        return opened.sync(meter.watched(records), mirror_roots=paths if mirror else (), progress=progress)


def report_json(report: SyncReport) -> dict[str, Any]:
    """Return the report as JSON values."""
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
    """Format a problem like a compiler message: ``path:line: problem``."""
    line = f":{problem.line}" if problem.line else ""
    return f"{path_shown(problem.path)}{line}: {one_line(problem.problem)}"


def path_shown(path: Path) -> str:
    """Return a path on one line, without characters that a terminal would interpret."""
    return visible(str(path)).replace("\n", "\u240a").replace("\t", "\u2409")


def summary(report: SyncReport, left_out: dict[str, int]) -> str:
    """Summarise what was done, in one to three lines."""
    from ui.words import count  # noqa: PLC0415  (it also imports rag)

    done = f"{report.added:,} added, {report.kept:,} kept, {report.removed:,} removed, {report.skipped:,} skipped"
    lines = [f"{count(report.articles, 'article')} in the archive: {done}."]
    if report.moved:
        lines.append(f"{report.moved:,} of the added articles were known before; their files have moved.")
    if left_out:
        kinds = ", ".join(_ignored(kind, count) for kind, count in sorted(left_out.items()))
        lines.append(f"Ignored as not readable: {kinds}.")
    return "\n".join(lines)


def _ignored(kind: str, count: int) -> str:
    many = "s" if count > 1 else ""
    if kind == "link":
        return f"{count:,} link{many} that lead{'' if many else 's'} outside the folder or nowhere"
    return f"{count:,} file{many} without a type" if kind == "no type" else f"{count:,} {one_line(kind)}"
