"""One SQLite file: a connection per thread, transactions, schema upgrades, and errors translated into our own."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from index.errors import ArchiveDamaged, EnvironmentProblem
from index.tables import ADDED_IN_2, ADDED_IN_3, SCHEMA, TABLES

Connection = sqlite3.Connection


class Database:
    """The catalog's SQLite file: one writer and any number of readers (write-ahead log, foreign keys enforced)."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, creating it or upgrading its schema if necessary.

        Args:
            path: the SQLite file.
            read_only: change neither the file nor anything next to it.

        Raises:
            EnvironmentProblem: the file cannot be written to, or was created by a newer Dateline.
            ArchiveDamaged: the file is not a valid SQLite database.
        """
        self._path = path
        self._read_only = read_only
        self._local = threading.local()
        self._connections: list[tuple[threading.Thread, sqlite3.Connection]] = []
        self._opening = threading.Lock()
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close every thread's connection."""
        while self._connections:
            self._connections.pop()[1].close()
        self._local = threading.local()

    def rows(self, query: str, parameters: Sequence[Any] | Mapping[str, Any] = ()) -> list[sqlite3.Row]:
        """Return all rows of a query."""
        with self._translated():
            return self._connection.execute(query, parameters).fetchall()

    def blocks(self, query: str, parameters: Mapping[str, Any], size: int) -> Iterator[list[sqlite3.Row]]:
        """Yield the rows of a query in lists of at most ``size``."""
        with self._translated():
            cursor = self._connection.execute(query, parameters)
            try:
                while rows := cursor.fetchmany(size):
                    yield rows
            finally:
                cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Run a block in one transaction, rolled back on any exception."""
        with self._translated():
            db = self._connection
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # SQLite itself ends the transaction when the disk is full
                    db.execute("ROLLBACK")
                raise

    @property
    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if db is not None and self._read_only and self._local.file != self._file_state():
            db = None  # another process wrote to the file
        if db is None:
            self._local.file = self._file_state() if self._read_only else None
            db = self._connect()
            self._register(db)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")  # a removed article must leave no text behind in free pages
            db.create_function("bytes_of", 1, bytes.fromhex, deterministic=True)  # JSON has no bytes type
            db.create_function("holds", 2, _holds, deterministic=True)
            self._local.connection = db
        return db

    def _connect(self) -> sqlite3.Connection:
        if not self._read_only:
            return sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
        # SQLite normally creates a write-ahead log even when it only reads. If there is no log, no process has the file
        # open, so it can be read as immutable. If it changes later, `_connection` opens it again.
        how = "mode=ro" if self._log().exists() else "immutable=1"
        file = f"{self._path.absolute().as_uri()}?{how}"
        return sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False, uri=True)

    def _log(self) -> Path:
        return self._path.with_name(f"{self._path.name}-wal")

    def _file_state(self) -> tuple[int, int, bool]:
        about = self._path.stat()
        return about.st_mtime_ns, about.st_size, self._log().exists()

    def _register(self, db: sqlite3.Connection) -> None:
        """Register a thread's connection; close its previous one and the connections of threads that have ended."""
        with self._opening:
            here = threading.current_thread()
            left = [pair for pair in self._connections if pair[0] is here or not pair[0].is_alive()]
            self._connections = [pair for pair in self._connections if pair not in left]
            self._connections.append((here, db))
        for _, ended in left:
            ended.close()

    def _prepare(self) -> None:
        with self._translated():
            if not self._read_only:
                self._connection.execute("PRAGMA journal_mode = WAL")
                if self._schema() < SCHEMA:
                    self._upgrade()
            found = self._schema()
        if found < SCHEMA:
            raise EnvironmentProblem(
                f"The archive {self._path.parent} was written by an older Dateline (format {found}; this one needs "
                f"{SCHEMA}) and is read-only here: open it once where it is writable, to upgrade it."
            )
        if found > SCHEMA:
            raise EnvironmentProblem(
                f"The archive {self._path.parent} was written by a newer Dateline (format {found}; this one reads "
                f"up to {SCHEMA}): upgrade Dateline."
            )

    def _upgrade(self) -> None:
        """Create the tables, or upgrade an older schema."""
        with self.transaction() as db:
            found = self._schema()
            if found == 0:
                _run(db, TABLES)
                db.execute("INSERT INTO meta VALUES ('archive_id', ?)", [uuid4().hex])
            if found < 2:
                _run(db, ADDED_IN_2)
            if found < SCHEMA:  # otherwise another process has upgraded it meanwhile
                _run(db, ADDED_IN_3)
                _fill_links(db)
            db.execute(f"PRAGMA user_version = {SCHEMA}")

    def _schema(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise EnvironmentProblem(
                f"The record {self._path} could not be used ({error}): check that it is readable, that its folder is "
                "writable and that the disk is not full."
            ) from error
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(
                f"The record {self._path} is damaged ({error}): restore it from a backup, or delete the archive and "
                "add the articles again."
            ) from error


def _run(db: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";\n"):
        db.execute(statement)


def _fill_links(db: sqlite3.Connection) -> None:
    """Compute the links added after schema 1 from the stored articles, and mark both indexes for a rebuild."""
    from index.voices import link_all  # noqa: PLC0415  (circular import)

    link_all(db, 0)
    db.execute("DELETE FROM indexes")
    db.execute("UPDATE meta SET value = json_set(value, '$.schema', ?) WHERE key = 'fingerprint'", [SCHEMA])


def as_json(values: Sequence[Any]) -> str:
    """Encode a list as one parameter for ``json_each``, because SQLite limits the number of parameters."""
    return json.dumps(list(values))


def _holds(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()
