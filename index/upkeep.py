"""Detects indexes that are outdated or damaged, and repairs them from the record."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from index.catalog import Catalog
from index.change_log import IndexState
from index.derived import bring_up, fill
from index.errors import ArchiveBusy, IndexDamaged
from index.lexical import LexicalIndex
from index.lock import WriteLock
from index.vectors import VectorIndex

# Vectors searched for when an archive is opened; each should find itself. If half of all vectors are lost, this goes
# unnoticed about once in 4,000 times.
GLANCE = 16
LOOK = 200  # the same after a writer died, and for `dateline index check`
# Share of vectors that may fail to find themselves: graph search is approximate, so a vector can be hidden by its near
# duplicates, and a rebuild would not help.
TOLERATED = 0.05
PROBE_SECONDS = 120


@dataclass(slots=True)
class Upkeep:
    """Keeps the indexes of one archive consistent with its record. Thread-safe."""

    folder: Path
    catalog: Catalog
    vectors: VectorIndex
    words: LexicalIndex
    lock: WriteLock
    _checked_state: object = None
    _writing: bool = False
    _opening: threading.RLock = field(default_factory=threading.RLock)

    def ready(self) -> None:
        """Prepare for a search: reopen indexes that other processes changed, and repair outdated or damaged ones.

        While another process writes, the indexes are searched as they are; the record filters out chunks that are no
        longer live.
        """
        with self._opening:
            if self._writing or self._current_state() == self._checked_state:
                return
            self.close()
            if not self._is_sound():
                try:
                    with self.lock.held():
                        self.mend()
                except ArchiveBusy:
                    self._require_usable()
            self._checked_state = self._current_state()

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[None]:
        """Run a block that changes the archive; concurrent searches do not reopen the indexes meanwhile.

        Completes the work of an interrupted writer first, unless everything will be rebuilt (``anew``). The caller must
        hold the lock.
        """
        with self._opening:
            if anew or self._current_state() != self._checked_state:
                self.close()  # writing through a client opened before another process's writes loses vectors
            if not anew and self.catalog.generation and not self._is_sound():
                self.mend()
            self._writing = True
        try:
            yield
        finally:
            self._writing = False

    def distrust(self) -> None:
        """Force a check of the indexes before the next search, after an unexpected failure."""
        self._checked_state = None

    def follow(self) -> None:
        """Update both indexes to the record's generation. The caller must hold the lock."""
        for index in self._indexes():
            bring_up(self.catalog, index)
        self._mark_current()

    def mend(self) -> None:
        """Update both indexes, rebuilding any that is damaged. The caller must hold the lock."""
        for index in self._indexes():
            if self._is_unchanged(index) or not self._faults_of_changed_files(index):
                try:
                    bring_up(self.catalog, index)
                    if not self._faults(index, LOOK):
                        continue
                except IndexDamaged:
                    pass
            fill(self.catalog, index)
        self._mark_current()

    def refill(self) -> None:
        """Rebuild both indexes from the record. The caller must hold the lock."""
        for index in self._indexes():
            fill(self.catalog, index)
        self._mark_current()

    def behind(self) -> tuple[str, ...]:
        """Return the names of the indexes that lag behind the record; opens none of them."""
        generation = self.catalog.generation
        states = {index.name: self.catalog.changes.state(index.name) for index in self._indexes()}
        return tuple(
            name for name, state in states.items() if generation and not (state and state.generation == generation)
        )

    def close(self) -> None:
        """Close both indexes."""
        for index in self._indexes():
            index.close()

    def faults(self) -> list[str]:
        """Return everything that is wrong with the indexes, a sentence each."""
        found: list[str] = []
        for index in self._indexes():
            state = self.catalog.changes.state(index.name)
            if state is None or state.generation != self.catalog.generation:
                found.append(f"the index of {index.name} is behind the record")
            elif not self._is_unchanged(index) and (outside := self._faults_of_changed_files(index)):
                found.append(outside)
            else:
                found += self._faults(index, LOOK)
        return found

    def _mark_current(self) -> None:
        self.catalog.changes.forget(self.catalog.generation)
        self._checked_state = self._current_state()

    def _indexes(self) -> Iterator[VectorIndex | LexicalIndex]:
        yield self.words
        yield self.vectors

    def _current_state(self) -> tuple[int, IndexState | None, IndexState | None]:
        states = [self.catalog.changes.state(index.name) for index in self._indexes()]
        return self.catalog.generation, states[0], states[1]

    def _is_sound(self) -> bool:
        generation, *states = self._current_state()
        if not all(state and state.generation == generation for state in states):
            return False
        return all(self._is_unchanged(index) and not self._faults(index, GLANCE) for index in self._indexes())

    def _is_unchanged(self, index: VectorIndex | LexicalIndex) -> bool:
        """Return whether the index's files are unchanged since its last update."""
        state = self.catalog.changes.state(index.name)
        return state is not None and state.signature == index.signature()

    def _faults_of_changed_files(self, index: VectorIndex | LexicalIndex) -> str | None:
        """Check an index whose files something else changed; Chroma's in a process of its own. None if it is fine."""
        if index is self.words:
            return f"the files of the index of {index.name} were changed"
        # Chroma's graph code is C++ that does not validate its file: a corrupted one crashes the process that reads it.
        try:
            probe = subprocess.run(  # noqa: S603  (our own module)
                [sys.executable, "-m", "index.probe", str(self.folder)],
                env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])},
                capture_output=True,
                timeout=PROBE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"the index of {index.name} could not be read within {PROBE_SECONDS} s"
        return None if probe.returncode == 0 else f"the files of the index of {index.name} are damaged"

    def _faults(self, index: VectorIndex | LexicalIndex, sample: int) -> list[str]:
        live = self.catalog.chunk_count
        try:
            held = index.count()
            if held != live:
                return [f"the index of {index.name} holds {held} chunks; the record has {live}"]
            return self._lost_vectors(sample) if index is self.vectors else []
        except IndexDamaged as error:
            return [str(error)]

    def _lost_vectors(self, sample: int) -> list[str]:
        generation = self.vectors.generation()
        if generation != self.catalog.generation:
            return [f"the index of {self.vectors.name} holds generation {generation} of the record, not the newest"]
        entries = self.catalog.entries(self.catalog.sample(sample))
        if not entries:
            return []
        lost = self.vectors.lost([entry.chunk.id for entry in entries], np.stack([entry.vector for entry in entries]))
        if len(lost) <= max(1, TOLERATED * len(entries)):
            return []
        return [f"the index of {self.vectors.name} does not find {len(lost)} of {len(entries)} vectors"]

    def _require_usable(self) -> None:
        """While another process writes, check that the indexes can be opened; otherwise raise ``ArchiveBusy``."""
        try:
            for index in self._indexes():
                index.count()
        except IndexDamaged:
            raise ArchiveBusy(
                f"The archive {self.folder} is being repaired by {self.lock.writer() or 'another process'}: "
                "try again soon."
            ) from None
