"""An archive that cannot be written to, on a read-only disk or another's, can still be searched.

SQLite can read a file as it stands (``index/database.py``); tantivy and Chroma change files even where they only read.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.bounds import Bounds
from index.catalog import Catalog
from index.errors import IndexDamaged
from index.files import signature_of
from index.sync import pour
from index.upkeep import Upkeep
from index.vectors import Found, VectorIndex, nearest


@dataclass(frozen=True, slots=True)
class RecordVectors:
    """Dense search in the record itself, vector by vector: exact, and 140 ms for 20,000 chunks.

    A Chroma server is asked instead where it holds what the record holds.
    """

    catalog: Catalog
    server: VectorIndex | None = None

    def search(self, vector: npt.NDArray[np.float32], limit: int, bounds: Bounds, outlets: Sequence[int]) -> Found:
        """The ``limit`` nearest chunks within bounds; ``outlets`` are the rows that bounds names."""
        if self.server and self.server.generation() == self.catalog.generation:
            return self.server.search(vector, limit, bounds, outlets)
        return nearest(vector, self.catalog.view(bounds).vector_blocks(), limit)


@dataclass(slots=True)
class ReadOnlyUpkeep(Upkeep):
    """Keeps the lexical index in ``scratch``, a folder of its own: a copy of the archive's, or made from the record."""

    scratch: Path = Path()

    def ready(self) -> None:
        """Before a search: see what other processes wrote."""
        with self._opening:
            if self._now() == self._seen:
                return
            Upkeep.close(self)
            self.scratch.mkdir(mode=0o700, exist_ok=True)
            shutil.rmtree(self.scratch / "lexical", ignore_errors=True)
            if not self._is_copied():
                pour(self.catalog, self.words)
            self._seen = self._now()

    def close(self) -> None:
        """Let go of both indexes, and of the copy."""
        Upkeep.close(self)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _is_copied(self) -> bool:
        """Whether the archive's index could be taken as it is."""
        state, source = self.catalog.index_state(self.words.name), self.folder / "lexical"
        try:
            if not state or (state.generation, state.signature) != (self.catalog.generation, signature_of(source)):
                return False
            here = self.scratch / "lexical"
            here.mkdir()
            for path in source.iterdir():
                if not path.name.endswith(".lock"):
                    shutil.copyfile(path, here / path.name)  # without its rights: it may be written to here
            return self.words.count() == self.catalog.chunk_count
        except (OSError, IndexDamaged):
            return False
