"""The record of an archive: articles, chunks and vectors in one SQLite file, the archive's source of truth.

Only this module and ``tables``, ``storing``, ``voices``, ``view``, ``entries``, ``change_log`` and ``database`` contain
SQL.
"""
# ruff: noqa: S608  (queries are joined from constants of this package; every value is a parameter)

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.bounds import Bounds
from index.change_log import ChangeLog
from index.chunking import Part
from index.database import Database, as_json
from index.entries import Entry, read_entries
from index.errors import ArchiveMissing, EnvironmentProblem, UnknownArticle
from index.folder import create_folder, is_archive, is_writable, record_of
from index.keys import evidence_key
from index.storing import Record, recut, recut_all, remove, set_meta, store_all, store_vectors
from index.tables import (
    ARTICLE_COLUMNS,
    ARTICLE_WITH_TEXT,
    ArticleSummary,
    article_from_json,
    to_article,
    to_summary,
)
from index.types import Article, Fingerprint
from index.view import View


class Catalog:
    """The file ``catalog.sqlite`` of an archive; one connection per thread, one writer, any number of readers.

    Every change is one transaction. It increments the generation and logs which chunks were added or removed, so that
    the derived indexes can be updated incrementally from any earlier generation.
    """

    def __init__(self, folder: Path, *, create: bool) -> None:
        there = is_archive(folder)
        if not create and not there:
            raise ArchiveMissing(
                f"There is no archive in {folder}: create one with `dateline add PATH --archive {folder}`."
            )
        self._folder = folder
        self.read_only = there and not is_writable(folder)
        create_folder(folder)
        self._database = Database(record_of(folder), read_only=self.read_only)
        self.changes = ChangeLog(self._database)

    def require_writable(self) -> None:
        """Check that the archive may be changed.

        Raises:
            EnvironmentProblem: it is read-only.
        """
        if self.read_only:
            raise EnvironmentProblem(
                f"The archive {self._folder} is read-only here (its files belong to another user, or the disk is "
                "mounted read-only): make the change where the archive is writable, or copy it first."
            )

    def close(self) -> None:
        """Close every thread's connection."""
        self._database.close()

    # Properties of the archive

    @property
    def archive_id(self) -> str:
        """A unique id, which identifies this archive on a Chroma server shared by several."""
        return str(self._meta("archive_id"))

    @property
    def generation(self) -> int:
        """The number of changes made to the record so far."""
        return int(self._meta("generation") or 0)

    @property
    def fingerprint(self) -> Fingerprint | None:
        """The embedder and chunk sizes the archive was built with; None before the first article."""
        stored = self._meta("fingerprint")
        return Fingerprint(**json.loads(stored)) if stored else None

    @property
    def article_count(self) -> int:
        """The number of articles."""
        return int(self._database.rows("SELECT count(*) FROM articles")[0][0])

    @property
    def chunk_count(self) -> int:
        """The number of live chunks."""
        return int(self._database.rows("SELECT count(*) FROM chunks")[0][0])

    def problems(self) -> list[str]:
        """Return the faults that SQLite's integrity and foreign key checks find, a sentence each."""
        found = [row[0] for row in self._database.rows("PRAGMA integrity_check(5)") if row[0] != "ok"]
        return found + [
            f"a row of {row[0]} refers to nothing" for row in self._database.rows("PRAGMA foreign_key_check")
        ]

    # Reading

    def view(self, bounds: Bounds) -> View:
        """Return the part of the record within ``bounds``."""
        return View(self._database, bounds)

    def article(self, article_id: str) -> Article:
        """Return one article.

        Raises:
            UnknownArticle: no article has this id.
        """
        rows = self._database.rows(f"{ARTICLE_WITH_TEXT} WHERE a.id = ?", [article_id])
        if not rows:
            raise UnknownArticle(
                f"No article with the id {article_id!r} is in this archive; `dateline list` shows all ids."
            )
        return to_article(rows[0])

    def versions(self, article_id: str) -> list[Article]:
        """Return the current version of an article followed by its former versions, newest first."""
        former = self._database.rows(
            "SELECT content FROM former WHERE article = (SELECT row FROM articles WHERE id = ?) ORDER BY version DESC",
            [article_id],
        )
        return [self.article(article_id), *(article_from_json(row["content"]) for row in former)]

    def summaries(self) -> list[ArticleSummary]:
        """Return all articles without their text, oldest first and undated ones last."""
        order = "ORDER BY coalesce(a.published_at, a.known_from) IS NULL, coalesce(a.published_at, a.known_from), a.id"
        return [
            to_summary(row)
            for row in self._database.rows(f"SELECT {ARTICLE_COLUMNS}, a.characters, a.chunks FROM articles a {order}")
        ]

    def parts(self, *, changed: bool = False) -> dict[str, tuple[Part, ...]]:
        """Return the parts of each article by id (see ``chunking.Part``).

        With ``changed``, only the articles whose chunks were made with other parts than they have now.
        """
        where = "WHERE parts != cut" if changed else ""
        rows = self._database.rows(f"SELECT id, parts FROM articles {where} ORDER BY row")
        return {row["id"]: tuple((start, headed) for start, headed in json.loads(row["parts"])) for row in rows}

    def hash_of(self, article_id: str) -> bytes | None:
        """Return the content hash stored for an article; None if there is no such article."""
        rows = self._database.rows("SELECT hash FROM articles WHERE id = ?", [article_id])
        return rows[0]["hash"] if rows else None

    def places_of_articles(self) -> list[tuple[str, Path]]:
        """Return the id and absolute path of every article that was read from a file."""
        rows = self._database.rows("SELECT id, place FROM articles WHERE place NOT NULL ORDER BY row")
        return [(row["id"], Path(row["place"])) for row in rows]

    def articles_saying(self, text: str) -> list[Article]:
        """Return the articles whose text equals ``text``, ignoring case, spacing and quotation mark style."""
        rows = self._database.rows(
            f"{ARTICLE_WITH_TEXT} WHERE a.wording = (SELECT row FROM wordings WHERE key = ?) ORDER BY a.row",
            [evidence_key(text)],
        )
        return [to_article(row) for row in rows]

    def chunk_ids(self) -> list[str]:
        """Return the ids of all chunks."""
        return [row["id"] for row in self._database.rows("SELECT id FROM chunks ORDER BY row")]

    def sample(self, size: int) -> list[str]:
        """Return the ids of at most ``size`` chunks, chosen at random."""
        return [row["id"] for row in self._database.rows("SELECT id FROM chunks ORDER BY random() LIMIT ?", [size])]

    def entries(self, chunk_ids: Sequence[str]) -> list[Entry]:
        """Return the index entries of the given chunks; chunks that are no longer live are omitted."""
        return read_entries(self._database, chunk_ids)

    def known_vectors(self, keys: Iterable[bytes]) -> set[bytes]:
        """Return those of the keys whose vectors are stored."""
        wanted = [key.hex() for key in keys]
        rows = self._database.rows(
            "SELECT key FROM vectors WHERE key IN (SELECT bytes_of(value) FROM json_each(?))", [as_json(wanted)]
        )
        return {row["key"] for row in rows}

    # Writing

    def put(
        self, records: Iterable[Record], vectors: Mapping[bytes, npt.NDArray[np.float32]], made: Fingerprint
    ) -> None:
        """Store new articles and new versions of stored ones, with their chunks and vectors, in one transaction."""
        with self._generation() as (db, generation):
            store_vectors(db, vectors)
            set_meta(db, "fingerprint", json.dumps(asdict(made)))
            store_all(db, records, generation)

    def put_vectors(self, vectors: Mapping[bytes, npt.NDArray[np.float32]]) -> None:
        """Store vectors in advance of the chunks that will use them."""
        with self._database.transaction() as db:
            store_vectors(db, vectors)

    def replace_chunks(self, records: Iterable[Record], made: Fingerprint) -> None:
        """Replace the chunks of all articles after re-embedding; the new vectors must already be stored."""
        with self._generation() as (db, generation):
            set_meta(db, "fingerprint", json.dumps(asdict(made)))
            recut_all(db, records, generation)

    def recut(self, records: Iterable[Record], vectors: Mapping[bytes, npt.NDArray[np.float32]]) -> None:
        """Replace the chunks of some unchanged articles, in one transaction."""
        with self._generation() as (db, generation):
            store_vectors(db, vectors)
            recut(db, records, generation)

    def remove(self, article_ids: Sequence[str]) -> None:
        """Remove articles with all versions and chunks, and the vectors that no other chunk uses."""
        with self._generation() as (db, generation):
            for article_id in article_ids:
                remove(db, article_id, generation)

    def _meta(self, key: str) -> str | None:
        rows = self._database.rows("SELECT value FROM meta WHERE key = ?", [key])
        return rows[0]["value"] if rows else None

    @contextmanager
    def _generation(self) -> Iterator[tuple[sqlite3.Connection, int]]:
        with self._database.transaction() as db:
            db.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'")
            yield db, int(db.execute("SELECT value FROM meta WHERE key = 'generation'").fetchone()["value"])
