"""How far reading and embedding has come, on a terminal: a bar with rate and time left; elsewhere nothing."""

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
    """Records a second since the start."""

    def render(self, task: Task) -> Text:
        """Draw it."""
        records = task.fields["records"]
        return Text(f"{records:,} read, {records / task.elapsed:.1f}/s" if task.elapsed else f"{records:,} read")


class Meter:
    """Turns the number of records dealt with into bytes of the files they came from.

    How many articles there will be is only known at the end, but how many bytes there are to read is known at once
    and embedding takes time in proportion to them, so that the time left can be told.
    """

    def __init__(self, total: int) -> None:
        self.total = max(1, total)
        self._passed: list[int] = []

    def watched(self, records: Iterable[Record]) -> Iterator[Record]:
        """The records, measured as they go by."""
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
        """Bytes behind us once so many records are dealt with."""
        return self._passed[min(records, len(self._passed)) - 1] if records and self._passed else 0


def bytes_in(paths: Sequence[Path], suffixes: Sequence[str]) -> int:
    """Bytes of the files in ``paths`` whose type can be read."""
    total = 0
    for path in paths:
        if path.is_file():
            total += _size(path)
        for folder, _, names in os.walk(path):
            total += sum(_size(Path(folder, name)) for name in names if name.lower().endswith(tuple(suffixes)))
    return total


@contextlib.contextmanager
def meter_bar(meter: Meter, doing: str) -> Iterator[Callable[[int], None] | None]:
    """What to call with the number of records dealt with; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=meter.total, records=0)
        yield lambda records: bar.update(task, completed=meter.at(records), records=records)


@contextlib.contextmanager
def status_line(doing: str) -> Iterator[Callable[[str], None]]:
    """What to call with the step that is being taken; shown on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with Console(stderr=True).status(doing) as status:
        yield status.update


def _size(path: Path | None) -> int:
    try:
        return path.stat().st_size if path else 0
    except (OSError, ValueError):  # gone, or no path in the encoding of this system
        return 0
