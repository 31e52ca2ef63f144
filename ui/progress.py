"""Progress of reading and embedding: a bar with rate and remaining time on a terminal, nothing elsewhere."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from index.types import Article, Problem

Record = Article | Problem


class _Rate(ProgressColumn):
    """Records per second since the start."""

    def render(self, task: Task) -> Text:
        """Render the number of records and the rate."""
        records = task.fields["records"]
        return Text(f"{records:,} read, {records / task.elapsed:.1f}/s" if task.elapsed else f"{records:,} read")


class Meter:
    """Converts the number of processed records into bytes of the files they came from.

    The number of articles is only known at the end, but the number of bytes to read is known at once, and embedding
    time is proportional to it. So the remaining time can be estimated.
    """

    def __init__(self, total: int) -> None:
        self.total = max(1, total)
        self._passed: list[int] = []

    def watched(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield the records unchanged and record their sizes."""
        before, within, path = 0, 0, None
        size = 0
        for record in records:
            if record.path != path:
                before, within, path = before + size, 0, record.path
                size = _size(path)
            if isinstance(record, Article):
                within += len(record.text.encode("utf-8", "replace"))
            self._passed.append(before + min(within, size))
            yield record

    def at(self, records: int) -> int:
        """Return the number of bytes processed after this many records."""
        return self._passed[min(records, len(self._passed)) - 1] if records and self._passed else 0


def bytes_in(paths: Sequence[Path], suffixes: Sequence[str]) -> int:
    """Return the total size in bytes of the readable files in ``paths``."""
    total = 0
    for path in paths:
        if path.is_file():
            total += _size(path)
        for folder, _, names in os.walk(path):
            total += sum(_size(Path(folder, name)) for name in names if name.lower().endswith(tuple(suffixes)))
    return total


@contextlib.contextmanager
def meter_bar(meter: Meter, doing: str) -> Iterator[Callable[[int], None] | None]:
    """Show a progress bar; yields a callback for the number of processed records, or None without a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=meter.total, records=0)
        yield lambda records: bar.update(task, completed=meter.at(records), records=records)


@contextlib.contextmanager
def status_line(doing: str) -> Iterator[Callable[[str], None]]:
    """Show a status line on a terminal; yields a callback that changes its text."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with Console(stderr=True).status(doing) as status:
        yield status.update


def _size(path: Path | None) -> int:
    try:
        return path.stat().st_size if path else 0
    except (OSError, ValueError):  # deleted, or not representable in the file system encoding
        return 0
