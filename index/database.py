"""One SQLite file: a connection a thread, transactions, the format's version, and errors in our words."""

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
    """The file of a catalog: any number of readers, one writer (write-ahead log, foreign keys on)."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file, making it where there is none.

        Args:
            path: where it is.
            read_only: neither the file nor what stands beside it may be changed.

        Raises:
            EnvironmentProblem: it cannot be written to, or a newer Dateline made it.
            ArchiveDamaged: it is not a whole SQLite file.
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
        """All rows of a query."""
        with self._translated():
            return self._connection.execute(query, parameters).fetchall()

    def blocks(self, query: str, parameters: Mapping[str, Any], size: int) -> Iterator[list[sqlite3.Row]]:
        """The rows of a query, at most ``size`` at a time."""
        with self._translated():
            cursor = self._connection.execute(query, parameters)
            try:
                while rows := cursor.fetchmany(size):
                    yield rows
            finally:
                cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A block that is done wholly or not at all."""
        with self._translated():
            db = self._connection
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk has ended it already
                    db.execute("ROLLBACK")
                raise

    @property
    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if db is not None and self._read_only and self._local.file != self._file():
            db = None  # somebody else may write to it
        if db is None:
            self._local.file = self._file() if self._read_only else None
            db = self._connect()
            self._keep(db)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("PRAGMA secure_delete = ON")  # an article taken out leaves no words behind in free pages
            db.create_function("bytes_of", 1, bytes.fromhex, deterministic=True)  # JSON has no bytes
            db.create_function("holds", 2, _holds, deterministic=True)
            self._local.connection = db
        return db

    def _connect(self) -> sqlite3.Connection:
        if not self._read_only:
            return sqlite3.connect(self._path, timeout=30, isolation_level=None, check_same_thread=False)
        # SQLite opens a write-ahead log beside a file even to read it. Where there is none, nobody has the file open,
        # and it is read as something that does not change; it is opened anew where it does (see `_connection`).
        how = "mode=ro" if self._log().exists() else "immutable=1"
        file = f"{self._path.absolute().as_uri()}?{how}"
        return sqlite3.connect(file, timeout=30, isolation_level=None, check_same_thread=False, uri=True)

    def _log(self) -> Path:
        return self._path.with_name(f"{self._path.name}-wal")

    def _file(self) -> tuple[int, int, bool]:
        about = self._path.stat()
        return about.st_mtime_ns, about.st_size, self._log().exists()

    def _keep(self, db: sqlite3.Connection) -> None:
        """Remember a thread's connection, and close its last one and those of threads that ended: they come and go."""
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
                    self._make()
            found = self._schema()
        if found < SCHEMA:
            raise EnvironmentProblem(
                f"The archive {self._path.parent} was written by an older Dateline (format {found}; this one needs "
                f"{SCHEMA}) and cannot be changed here: open it once where it can be written to."
            )
        if found > SCHEMA:
            raise EnvironmentProblem(
                f"The archive {self._path.parent} was written by a newer Dateline (format {found}; this one reads "
                f"up to {SCHEMA}): upgrade Dateline."
            )

    def _make(self) -> None:
        """A new record, or an older one brought to this format."""
        with self.transaction() as db:
            found = self._schema()
            if found == 0:
                _run(db, TABLES)
                db.execute("INSERT INTO meta VALUES ('archive_id', ?)", [uuid4().hex])
            if found < 2:
                _run(db, ADDED_IN_2)
            if found < SCHEMA:  # else another process was quicker
                _run(db, ADDED_IN_3)
                _fill(db)
            db.execute(f"PRAGMA user_version = {SCHEMA}")

    def _schema(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise EnvironmentProblem(
                f"The record {self._path} could not be used ({error}): check that it may be read, and that its "
                "folder is writable and has room."
            ) from error
        except sqlite3.DatabaseError as error:
            raise ArchiveDamaged(
                f"The record {self._path} is damaged ({error}): put back a copy, or delete the archive and add the "
                "articles again."
            ) from error


def _run(db: sqlite3.Connection, script: str) -> None:
    for statement in script.split(";\n"):
        db.execute(statement)


def _fill(db: sqlite3.Connection) -> None:
    """What was added to the first format, from the articles there are; the indexes are made anew with it."""
    from index.voices import link_all  # noqa: PLC0415  (it needs this module)

    link_all(db, 0)
    db.execute("DELETE FROM indexes")
    db.execute("UPDATE meta SET value = json_set(value, '$.schema', ?) WHERE key = 'fingerprint'", [SCHEMA])


def as_json(values: Sequence[Any]) -> str:
    """A list as one parameter, to be unfolded by ``json_each``: SQLite bounds the number of parameters."""
    return json.dumps(list(values))


def _holds(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()
