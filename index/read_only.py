"""Searches an archive that cannot be written to: on a read-only disk, or owned by another user.

SQLite can read such a file in place (see ``index/database.py``), but tantivy and Chroma modify files even when reading.
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
from index.derived import pour
from index.errors import IndexDamaged
from index.files import signature_of
from index.nearest import Found, nearest
from index.upkeep import Upkeep
from index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class RecordVectors:
    """Dense search by comparing every vector in the record: exact, and 140 ms for 20,000 chunks.

    A Chroma server is queried instead if it holds the record's current generation.
    """

    catalog: Catalog
    server: VectorIndex | None = None

    def search(self, vector: npt.NDArray[np.float32], limit: int, bounds: Bounds, outlets: Sequence[int]) -> Found:
        """Return the ``limit`` nearest chunks within bounds; ``outlets`` are the catalog rows of its outlets."""
        if self.server and self.server.generation() == self.catalog.generation:
            return self.server.search(vector, limit, bounds, outlets)
        return nearest(vector, self.catalog.view(bounds).vector_blocks(), limit)


@dataclass(slots=True)
class ReadOnlyUpkeep(Upkeep):
    """Keeps a lexical index in the temporary folder ``scratch``, copied from the archive or built from the record."""

    scratch: Path = Path()

    def ready(self) -> None:
        """Refresh the lexical index before a search if another process has written to the archive."""
        with self._opening:
            if self._current_state() == self._checked_state:
                return
            Upkeep.close(self)
            self.scratch.mkdir(mode=0o700, exist_ok=True)
            shutil.rmtree(self.scratch / "lexical", ignore_errors=True)
            if not self._is_copied():
                pour(self.catalog, self.words)
            self._checked_state = self._current_state()

    def close(self) -> None:
        """Close both indexes and delete the copy."""
        Upkeep.close(self)
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _is_copied(self) -> bool:
        """Copy the archive's lexical index; return whether it is current and intact."""
        state, source = self.catalog.changes.state(self.words.name), self.folder / "lexical"
        try:
            if not state or (state.generation, state.signature) != (self.catalog.generation, signature_of(source)):
                return False
            here = self.scratch / "lexical"
            here.mkdir()
            for path in source.iterdir():
                if not path.name.endswith(".lock"):
                    shutil.copyfile(path, here / path.name)  # without permissions: the copy must be writable
            return self.words.count() == self.catalog.chunk_count
        except (OSError, IndexDamaged):
            return False
