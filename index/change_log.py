"""The log of chunks added and removed, and how far each derived index has applied it."""

from __future__ import annotations

from dataclasses import dataclass

from index.database import Database


@dataclass(frozen=True, slots=True)
class IndexState:
    """The generation of the record that a derived index holds, and the signature of its files at that time."""

    generation: int
    signature: str


class ChangeLog:
    """The change log of a record; the derived indexes are updated from it incrementally."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def state(self, name: str) -> IndexState | None:
        """Return the state of an index; None if it was never filled."""
        rows = self._database.rows("SELECT generation, signature FROM indexes WHERE name = ?", [name])
        return IndexState(rows[0]["generation"], rows[0]["signature"]) if rows else None

    def after(self, generation: int) -> list[str] | None:
        """Return the ids of the chunks added or removed after a generation; None if that is no longer logged."""
        rows = self._database.rows("SELECT key, value FROM meta WHERE key IN ('changes_from', 'generation')")
        logged = {row["key"]: int(row["value"]) for row in rows}
        if not logged["changes_from"] <= generation <= logged["generation"]:
            return None
        rows = self._database.rows(
            "SELECT DISTINCT chunk FROM changes WHERE generation > ? ORDER BY generation, chunk", [generation]
        )
        return [row["chunk"] for row in rows]

    def stamp(self, name: str, state: IndexState) -> None:
        """Store the state of an index."""
        with self._database.transaction() as db:
            db.execute("INSERT OR REPLACE INTO indexes VALUES (?, ?, ?)", [name, state.generation, state.signature])

    def unstamp(self, name: str) -> None:
        """Delete the state of an index; called before the index is emptied."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM indexes WHERE name = ?", [name])

    def forget(self, generation: int) -> None:
        """Delete the log of changes up to a generation that every index has reached."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM changes WHERE generation <= ?", [generation])
            db.execute(
                "UPDATE meta SET value = max(CAST(value AS INTEGER), ?) WHERE key = 'changes_from'", [generation]
            )
