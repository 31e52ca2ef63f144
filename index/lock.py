"""One writer at a time. The operating system holds the lock, so a writer that died holds nothing."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import ArchiveBusy, EnvironmentProblem

PATIENCE = 0.5  # seconds; whoever asks `writer()` holds the lock for an instant, which is no reason to give up


@dataclass(frozen=True, slots=True)
class Writer:
    """Who is writing to an archive; ``since`` is an ISO 8601 time in UTC."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since}"


class WriteLock:
    """The right to write to one archive: ``lock`` is held by the operating system, ``lock.json`` says by whom."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._info = folder / "lock.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for a block.

        Raises:
            ArchiveBusy: another process, or another archive object of this one, holds it.
        """
        lock = FileLock(self._folder / "lock", timeout=PATIENCE)
        try:
            lock.acquire()
        except Timeout:
            who = self._read() or "another process"
            raise ArchiveBusy(
                f"The archive {self._folder} is being written by {who}: wait until it has finished, then try again."
            ) from None
        except OSError as error:
            raise self._refused(error) from error
        try:
            try:
                self._write()
            except OSError as error:
                raise self._refused(error) from error
            yield
        finally:
            self._info.unlink(missing_ok=True)
            lock.release()

    def writer(self) -> Writer | None:
        """Who is writing now; None if nobody is, also where a writer died and left its note behind, or none may ask."""
        probe = FileLock(self._folder / "lock", timeout=0)
        try:
            probe.acquire()
        except Timeout:
            return self._read() or Writer(pid=0, host="an unknown host", since="an unknown time")
        except OSError:
            return None  # only who may write can ask
        probe.release()
        return None

    def _refused(self, error: OSError) -> EnvironmentProblem:
        return EnvironmentProblem(
            f"The archive {self._folder} cannot be written to ({error.strerror}): check that there is room and that "
            "its files are yours."
        )

    def _write(self) -> None:
        note = {"pid": os.getpid(), "host": socket.gethostname(), "since": datetime.now(UTC).isoformat("T", "seconds")}
        draft = self._info.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(note), encoding="utf-8")
        draft.replace(self._info)

    def _read(self) -> Writer | None:
        try:
            note = json.loads(self._info.read_text(encoding="utf-8"))
            return Writer(int(note["pid"]), str(note["host"]), str(note["since"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None  # the writer has just come or just gone; the lock itself is what counts
