"""Changes that users of the page can make: add files and remove articles. Not created for a read-only server."""

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
"""Polling interval of a running job, in seconds."""

PATIENCE = 30.0
"""How long a change waits for another process to finish writing, in seconds."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Adding:
    """Progress of adding files: ``part`` from 0 to 1, and at the end a report or one sentence in ``problem``."""

    part: float = 0.0
    report: SyncReport | None = None
    problem: str | None = None

    @property
    def is_over(self) -> bool:
        """Whether the job has ended."""
        return self.report is not None or self.problem is not None


@dataclass(slots=True)
class _Job:
    state: Adding = Adding()
    over: threading.Event = field(default_factory=threading.Event)


class Curator:
    """Changes an archive for many users, one change at a time; readers never wait for it."""

    def __init__(self, archive: Changeable, folder: Path, max_bytes: int) -> None:
        """Create a curator.

        Args:
            archive: The archive to change.
            folder: The archive's folder; uploads and feedback are stored in it.
            max_bytes: Maximum size of one article's file, in bytes.
        """
        self._archive = archive
        self._turn = threading.Lock()
        self.uploads = Uploads(folder.absolute() / "uploads", max_bytes)
        self.feedback = FeedbackFile(folder / "feedback.jsonl")

    def add(self, tokens: Sequence[str]) -> Iterator[Adding]:
        """Add uploaded files to the archive. Runs in its own thread to the end, even if the caller stops iterating."""
        paths = [path for token in tokens if (path := self.uploads.path(token))]
        if not paths:
            yield Adding(problem="The uploaded files are no longer there; choose them again.")
            return
        job = _Job()
        threading.Thread(target=self._run, args=(job, paths), name="adding", daemon=True).start()
        while not job.over.wait(TICK):
            yield job.state
        yield job.state

    def remove(self, article_id: str) -> Article:
        """Remove an article and return it. Its uploaded file is deleted unless another article came from it.

        Raises:
            UnknownArticle: The article is not in the archive.
            ArchiveBusy: Another process kept writing for longer than ``PATIENCE``.
        """
        with self._turn:
            gone = self._archive.article(article_id)
            self._retried(lambda: self._archive.remove([article_id]))
            self._drop_unused([gone.path] if gone.path else [])
        return gone

    def _run(self, job: _Job, paths: Sequence[Path]) -> None:
        try:
            with self._turn:
                report = self._retried(lambda: self._sync(job, paths))
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

    def _retried(self, change: Callable[[], _T]) -> _T:
        """Apply a change, retrying while another process writes."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return change()
            except ArchiveBusy:
                if time.monotonic() > deadline:
                    raise
                time.sleep(TICK)

    def _drop_unused(self, paths: Sequence[Path]) -> None:
        """Delete the uploaded files that no article in the archive comes from."""
        used = {article.path for article in self._archive.articles()}
        for path in paths:
            if path not in used:
                self.uploads.drop(path)


def _shown(problem: Problem) -> Problem:
    """Replace the server-side path in a problem by the file's own name."""
    folder = f"{problem.path.parent.parent}/"
    return replace(problem, path=Path(problem.path.name), problem=problem.problem.replace(folder, ""))
