"""Notices when an index is behind the record or has lost something, and mends it from the record."""

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

from index.catalog import Catalog, IndexState
from index.errors import ArchiveBusy, IndexDamaged
from index.lexical import LexicalIndex
from index.lock import WriteLock
from index.sync import bring_up, fill
from index.vectors import VectorIndex

GLANCE = 16  # vectors asked for themselves whenever an archive is opened: half of them lost escapes once in 4,000 times
LOOK = 200  # the same after a writer died, and by `dateline index check`
TOLERATED = (
    0.05  # a graph search is approximate: a vector may hide behind its near copies, and a rebuild would not help
)
PROBE_SECONDS = 120


@dataclass(slots=True)
class Upkeep:
    """Keeps one archive's indexes in step with its record. Safe to share between threads."""

    folder: Path
    catalog: Catalog
    vectors: VectorIndex
    words: LexicalIndex
    lock: WriteLock
    _seen: object = None
    _writing: bool = False
    _opening: threading.RLock = field(default_factory=threading.RLock)

    def ready(self) -> None:
        """Before a search: see what other processes wrote, and mend what is behind or damaged.

        While somebody writes, what is there is searched: the record still hides whatever is no longer live.
        """
        with self._opening:
            if self._writing or self._now() == self._seen:
                return
            self.close()
            if not self._is_sound():
                try:
                    with self.lock.held():
                        self.mend()
                except ArchiveBusy:
                    self._require_usable()
            self._seen = self._now()

    @contextmanager
    def writing(self, *, anew: bool = False) -> Iterator[None]:
        """For a block that changes the archive: whoever searches meanwhile leaves the indexes open under our hands.

        First what a writer before us left undone is completed; not where all is made ``anew``. The caller holds the
        lock.
        """
        with self._opening:
            if anew or self._now() != self._seen:
                self.close()  # Chroma loses vectors that are written over another process's through an old client
            if not anew and self.catalog.generation and not self._is_sound():
                self.mend()
            self._writing = True
        try:
            yield
        finally:
            self._writing = False

    def distrust(self) -> None:
        """Look again before the next search: something failed that should not."""
        self._seen = None

    def follow(self) -> None:
        """Bring both indexes to the record's generation. The caller holds the lock."""
        for index in self._indexes():
            bring_up(self.catalog, index)
        self._taken_over()

    def mend(self) -> None:
        """Bring both indexes up, making anew what cannot be trusted. The caller holds the lock."""
        for index in self._indexes():
            if self._untouched(index) or not self._faults_outside(index):
                try:
                    bring_up(self.catalog, index)
                    if not self._faults(index, LOOK):
                        continue
                except IndexDamaged:
                    pass
            fill(self.catalog, index)
        self._taken_over()

    def refill(self) -> None:
        """Make both indexes anew from the record. The caller holds the lock."""
        for index in self._indexes():
            fill(self.catalog, index)
        self._taken_over()

    def behind(self) -> tuple[str, ...]:
        """Names of the indexes that have not taken over all of the record; a glance that opens none of them."""
        generation = self.catalog.generation
        states = {index.name: self.catalog.index_state(index.name) for index in self._indexes()}
        return tuple(
            name for name, state in states.items() if generation and not (state and state.generation == generation)
        )

    def close(self) -> None:
        """Let go of both indexes."""
        for index in self._indexes():
            index.close()

    def faults(self) -> list[str]:
        """What is wrong with the indexes, a sentence each."""
        found: list[str] = []
        for index in self._indexes():
            state = self.catalog.index_state(index.name)
            if state is None or state.generation != self.catalog.generation:
                found.append(f"the index of {index.name} is behind the record")
            elif not self._untouched(index) and (outside := self._faults_outside(index)):
                found.append(outside)
            else:
                found += self._faults(index, LOOK)
        return found

    def _taken_over(self) -> None:
        self.catalog.forget_changes(self.catalog.generation)
        self._seen = self._now()

    def _indexes(self) -> Iterator[VectorIndex | LexicalIndex]:
        yield self.words
        yield self.vectors

    def _now(self) -> tuple[int, IndexState | None, IndexState | None]:
        states = [self.catalog.index_state(index.name) for index in self._indexes()]
        return self.catalog.generation, states[0], states[1]

    def _is_sound(self) -> bool:
        generation, *states = self._now()
        if not all(state and state.generation == generation for state in states):
            return False
        return all(self._untouched(index) and not self._faults(index, GLANCE) for index in self._indexes())

    def _untouched(self, index: VectorIndex | LexicalIndex) -> bool:
        """Whether the index's files are as they were when it was last brought up."""
        state = self.catalog.index_state(index.name)
        return state is not None and state.signature == index.signature()

    def _faults_outside(self, index: VectorIndex | LexicalIndex) -> str | None:
        """What is wrong with an index whose files changed behind our back, looked at where a crash does no harm."""
        if index is self.words:
            return f"the files of the index of {index.name} were changed"
        # Chroma's graph is C++ that follows whatever the file says: garbage in it ends the process that reads it.
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
            return self._lost(sample) if index is self.vectors else []
        except IndexDamaged as error:
            return [str(error)]

    def _lost(self, sample: int) -> list[str]:
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
        """While another process writes: the indexes open, or the writer is named."""
        try:
            for index in self._indexes():
                index.count()
        except IndexDamaged:
            raise ArchiveBusy(
                f"The archive {self.folder} is being mended by {self.lock.writer() or 'another process'}: "
                "try again soon."
            ) from None
