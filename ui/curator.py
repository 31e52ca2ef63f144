"""What users of the page may change: files come into the archive, articles go. Absent where it is read only."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from index.corpus import SUFFIXES, read_paths
from index.errors import ArchiveBusy, DatelineError
from index.types import Article, Problem, SyncReport
from ui.feedback import FeedbackFile
from ui.ports import Changeable
from ui.progress import Meter, bytes_in
from ui.uploads import Uploads

log = logging.getLogger(__name__)

TICK = 0.25
"""Seconds between two looks at a job that runs."""

PATIENCE = 30.0
"""Seconds that a change waits for another process to finish writing."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Adding:
    """How far adding files has come: ``part`` from 0 to 1; in the end a report or one sentence of what went wrong."""

    part: float = 0.0
    report: SyncReport | None = None
    problem: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.report is not None or self.problem is not None


@dataclass(slots=True)
class _Job:
    state: Adding = Adding()
    over: threading.Event = field(default_factory=threading.Event)


class Curator:
    """Changes an archive for many users, one change after the other; whoever only reads never waits for it."""

    def __init__(self, archive: Changeable, folder: Path, max_bytes: int) -> None:
        """Change ``archive``, whose folder is ``folder``; ``max_bytes`` is the most one article may take on disk."""
        self._archive = archive
        self._turn = threading.Lock()
        self.uploads = Uploads(folder.absolute() / "uploads", max_bytes)
        self.feedback = FeedbackFile(folder / "feedback.jsonl")

    def add(self, tokens: Sequence[str]) -> Iterator[Adding]:
        """Put uploaded files into the archive. Goes on to its end in a thread of its own, whoever stops listening."""
        paths = [path for token in tokens if (path := self.uploads.path(token))]
        if not paths:
            yield Adding(problem="None of the files is there any more; choose them again.")
            return
        job = _Job()
        threading.Thread(target=self._run, args=(job, paths), name="adding", daemon=True).start()
        while not job.over.wait(TICK):
            yield job.state
        yield job.state

    def remove(self, article_id: str) -> Article:
        """Take an article out, and its file if that was uploaded and nothing else came from it; gives what it was.

        Raises:
            UnknownArticle: it is not in the archive.
            ArchiveBusy: another process has been writing all the while.
        """
        with self._turn:
            gone = self._archive.article(article_id)
            self._patiently(lambda: self._archive.remove([article_id]))
            self._drop_unused([gone.path] if gone.path else [])
        return gone

    def _run(self, job: _Job, paths: Sequence[Path]) -> None:
        try:
            with self._turn:
                report = self._patiently(lambda: self._sync(job, paths))
                self._drop_unused(paths)
            job.state = Adding(1.0, report=replace(report, problems=tuple(map(_shown, report.problems))))
        except DatelineError as problem:
            job.state = Adding(problem=str(problem))
        except Exception as problem:
            log.exception("adding files failed")
            job.state = Adding(problem=f"Something went wrong ({type(problem).__name__}); add the files again.")
        finally:
            job.over.set()

    def _sync(self, job: _Job, paths: Sequence[Path]) -> SyncReport:
        meter = Meter(bytes_in(paths, SUFFIXES))
        read: Iterable[Article | Problem] = read_paths(paths, max_bytes=self.uploads.max_bytes)

        def progress(records: int) -> None:
            job.state = Adding(min(0.99, meter.at(records) / meter.total))

        return self._archive.sync(meter.watched(read), progress=progress)

    def _patiently(self, change: Callable[[], _T]) -> _T:
        """A change, tried again while another process writes."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return change()
            except ArchiveBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(TICK)

    def _drop_unused(self, paths: Sequence[Path]) -> None:
        """Delete those of the uploaded files that no article in the archive comes from."""
        used = {article.path for article in self._archive.articles()}
        for path in paths:
            if path not in used:
                self.uploads.drop(path)


def _shown(problem: Problem) -> Problem:
    """The problem with the file's own name in place of where it is kept."""
    folder = f"{problem.path.parent.parent}/"
    return replace(problem, path=Path(problem.path.name), problem=problem.problem.replace(folder, ""))
