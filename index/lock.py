"""Allows one writer at a time. The operating system holds the lock and releases it when a writer dies."""

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

PATIENCE = 0.5  # seconds to wait, because `writer()` itself holds the lock for an instant


@dataclass(frozen=True, slots=True)
class Writer:
    """The process that is writing to an archive; ``since`` is an ISO 8601 time in UTC."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since}"


class WriteLock:
    """The write lock of one archive: the operating system locks ``lock``, and ``lock.json`` names the writer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._info = folder / "lock.json"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock for a block.

        Raises:
            ArchiveBusy: another process, or another ``Archive`` object in this process, holds it.
            EnvironmentProblem: the folder cannot be written to.
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
        """Return the current writer.

        None if nobody is writing (even if a dead writer left ``lock.json`` behind) or if the lock cannot be tested.
        """
        probe = FileLock(self._folder / "lock", timeout=0)
        try:
            probe.acquire()
        except Timeout:
            return self._read() or Writer(pid=0, host="an unknown host", since="an unknown time")
        except OSError:
            return None  # testing the lock needs write permission
        probe.release()
        return None

    def _refused(self, error: OSError) -> EnvironmentProblem:
        return EnvironmentProblem(
            f"The archive {self._folder} cannot be written to ({error.strerror}): check that the disk is not full and "
            "that you own its files."
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
            return None  # the writer has just started or just finished; only the lock itself is reliable
