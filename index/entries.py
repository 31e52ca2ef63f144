"""What the derived indexes store of a chunk, read from the record."""
# ruff: noqa: S608  (queries are joined from constants of this package; every value is a parameter)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.chunking import searched_text
from index.database import Database, as_json
from index.types import Chunk
from index.view import CHUNK, with_texts


@dataclass(frozen=True, slots=True)
class Entry:
    """The data of one chunk that the derived indexes store.

    ``words`` is the text it is found by. Times are in microseconds since 1970 UTC; ``outlet`` is a catalog row.
    ``echo`` is True if an article known earlier contains the chunk's whole text.
    """

    chunk: Chunk
    words: str
    vector: npt.NDArray[np.float32]
    known_from: int | None
    published_at: int | None
    outlet: int | None
    echo: bool = False


def read_entries(database: Database, chunk_ids: Sequence[str]) -> list[Entry]:
    """Return the entries of the given chunks; chunks that are no longer live are omitted."""
    rows = database.rows(f"{CHUNK} WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.row", [as_json(chunk_ids)])
    vectors = _vectors_of(database, chunk_ids)
    return [
        Entry(
            chunk=chunk,
            words=searched_text(chunk, text),
            vector=vectors[chunk.id],
            known_from=row["known_from"],
            published_at=row["published_at"],
            outlet=row["outlet_row"],
            echo=bool(row["echo"]),
        )
        for chunk, row, text in with_texts(database, rows)
    ]


def _vectors_of(database: Database, chunk_ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
    rows = database.rows(
        "SELECT c.id, v.vector FROM chunks c JOIN vectors v ON v.row = c.vector "
        "WHERE c.id IN (SELECT value FROM json_each(?))",
        [as_json(chunk_ids)],
    )
    return {row["id"]: np.frombuffer(row["vector"], dtype=np.float32) for row in rows}
