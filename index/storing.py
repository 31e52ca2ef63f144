"""Writes articles, chunks and vectors to the tables of the record; every function runs inside a transaction."""
# ruff: noqa: S608  (queries are joined from constants of this package; every value is a parameter)

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from index.bounds import microseconds, outlet_key
from index.chunking import Part
from index.database import as_json
from index.keys import content_hash, evidence_key
from index.tables import ARTICLE_WITH_TEXT, article_columns, article_to_json, to_article
from index.types import Article, Chunk
from index.voices import arriving, later, leaving, link, link_all, mark_parts, settle, unlink


@dataclass(frozen=True, slots=True)
class Record:
    """An article ready to be stored: its chunks, the vector key of each chunk, and the parts it was split by."""

    article: Article
    chunks: Sequence[Chunk]
    keys: Sequence[bytes]
    parts: Sequence[Part] = ()


def store_all(db: sqlite3.Connection, records: Iterable[Record], generation: int) -> None:
    """Store new articles and new versions of known ones; former versions are kept."""
    # Only at the end: another of these articles may now use a vector that the former version of this one used.
    drop_unused(db, [row for record in records for row in _store(db, record, generation)])


def _store(db: sqlite3.Connection, record: Record, generation: int) -> list[int]:
    """Store one article and return the rows of the vectors that its former version used."""
    article = record.article
    columns: dict[str, Any] = article_columns(article)
    columns |= {
        "hash": content_hash(article),
        "place": os.path.abspath(article.path) if article.path else None,  # noqa: PTH100  (Path.absolute keeps "..")
        "outlet_row": _outlet_row(db, article.outlet),
        "published_at": microseconds(article.published),
        "known_from": microseconds(article.known_from),
        "chunks": 0,
        "characters": 0,
        "own_chunks": 0,
        "own_characters": 0,
    }
    found = db.execute(f"{ARTICLE_WITH_TEXT} WHERE a.id = ?", [article.id]).fetchone()
    used: list[int] = []
    affected: list[int] = []
    followers: list[int] = []
    if found:
        _keep_former(db, to_article(found))
        followers = later(db, _row(db, article.id))
        used, affected = _withdraw(db, article.id, found["text"], generation)
    names = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns)
    row = db.execute(
        f"INSERT INTO articles ({names}) VALUES ({values}) ON CONFLICT (id) DO UPDATE SET {changed} RETURNING row",
        columns,
    ).fetchone()["row"]
    db.execute("INSERT OR REPLACE INTO texts VALUES (?, ?)", [row, article.text])
    _store_linked(db, row, record, generation, affected)
    mark_parts(db, [row, *followers, *later(db, row)])
    return used


def remove(db: sqlite3.Connection, article_id: str, generation: int) -> None:
    """Remove an article and everything stored for it; do nothing if it is not stored."""
    found = db.execute(f"{ARTICLE_WITH_TEXT} WHERE a.id = ?", [article_id]).fetchone()
    if not found:
        return
    followers = later(db, _row(db, article_id))
    used, affected = _withdraw(db, article_id, found["text"], generation)
    db.execute("DELETE FROM articles WHERE id = ?", [article_id])
    drop_unused(db, used)
    settle(db, affected, generation)
    mark_parts(db, followers)


def recut(db: sqlite3.Connection, records: Iterable[Record], generation: int) -> None:
    """Replace the chunks of some unchanged articles; the vectors must already be stored."""
    unused: list[int] = []
    for record in records:
        used, affected = _withdraw(db, record.article.id, record.article.text, generation)
        _store_linked(db, _row(db, record.article.id), record, generation, affected)
        unused += used
    drop_unused(db, unused)


def recut_all(db: sqlite3.Connection, records: Iterable[Record], generation: int) -> None:
    """Replace the chunks of all articles, whose texts are unchanged; the vectors must already be stored."""
    for record in records:
        row = _row(db, record.article.id)
        _drop_chunks(db, row, generation)
        store_chunks(db, row, record, generation)
    db.execute("DELETE FROM vectors WHERE row NOT IN (SELECT vector FROM chunks)")
    link_all(db, generation)


def _withdraw(db: sqlite3.Connection, article_id: str, text: str, generation: int) -> tuple[list[int], list[int]]:
    """Delete an article's chunks and links.

    Returns:
        The rows of the vectors that the chunks used, and of the chunks of any article whose echo mark may change.
    """
    row = _row(db, article_id)
    affected = leaving(db, row)
    gone = _drop_chunks(db, row, generation)
    unlink(db, row, text, {chunk["evidence"] for chunk in gone})
    return [chunk["vector"] for chunk in gone], affected


def _store_linked(
    db: sqlite3.Connection, article_row: int, record: Record, generation: int, affected: Sequence[int]
) -> None:
    """Store an article's chunks and links, and update echo marks; ``affected`` are further chunks to update."""
    store_chunks(db, article_row, record, generation)
    link(db, article_row, record.article.text)
    settle(db, [*affected, *arriving(db, article_row)], generation)


def _row(db: sqlite3.Connection, article_id: str) -> int:
    return int(db.execute("SELECT row FROM articles WHERE id = ?", [article_id]).fetchone()["row"])


def _keep_former(db: sqlite3.Connection, article: Article) -> None:
    db.execute(
        """INSERT INTO former
           SELECT row, (SELECT coalesce(max(version), 0) + 1 FROM former WHERE article = articles.row), ?
           FROM articles WHERE id = ?""",
        [article_to_json(article), article.id],
    )


def store_chunks(db: sqlite3.Connection, article_row: int, record: Record, generation: int) -> None:
    """Store an article's chunks; their vectors must already be stored."""
    for chunk, key in zip(record.chunks, record.keys, strict=True):
        db.execute(
            "INSERT INTO chunks (id, article, ordinal, start, stop, evidence, headed, vector) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT row FROM vectors WHERE key = ?))",
            [
                chunk.id,
                article_row,
                chunk.ordinal,
                chunk.span.start,
                chunk.span.end,
                evidence_key(chunk.text),
                chunk.headed,
                key,
            ],
        )
        db.execute("INSERT OR IGNORE INTO changes VALUES (?, ?)", [generation, chunk.id])
    db.execute(
        "UPDATE articles SET cut = ?, chunks = ?, characters = ? WHERE row = ?",
        [as_json(record.parts), len(record.chunks), sum(len(chunk.text) for chunk in record.chunks), article_row],
    )


def _drop_chunks(db: sqlite3.Connection, article_row: int, generation: int) -> list[sqlite3.Row]:
    """Delete an article's chunks and return the vector row and evidence key of each."""
    db.execute("INSERT OR IGNORE INTO changes SELECT ?, id FROM chunks WHERE article = ?", [generation, article_row])
    return db.execute("DELETE FROM chunks WHERE article = ? RETURNING vector, evidence", [article_row]).fetchall()


def drop_unused(db: sqlite3.Connection, vector_rows: Sequence[int]) -> None:
    """Delete those of the vectors that no chunk uses."""
    db.execute(
        "DELETE FROM vectors WHERE row IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM chunks WHERE vector = vectors.row)",
        [as_json(vector_rows)],
    )


def store_vectors(db: sqlite3.Connection, vectors: Mapping[bytes, npt.NDArray[np.float32]]) -> None:
    """Store vectors by key; existing ones are kept."""
    rows = [(key, np.ascontiguousarray(vector, dtype=np.float32).tobytes()) for key, vector in vectors.items()]
    db.executemany("INSERT OR IGNORE INTO vectors (key, vector) VALUES (?, ?)", rows)


def _outlet_row(db: sqlite3.Connection, outlet: str | None) -> int | None:
    if not outlet:
        return None
    db.execute("INSERT OR IGNORE INTO outlets (key) VALUES (?)", [outlet_key(outlet)])
    return int(db.execute("SELECT row FROM outlets WHERE key = ?", [outlet_key(outlet)]).fetchone()["row"])


def set_meta(db: sqlite3.Connection, key: str, value: str) -> None:
    """Store one property of the archive."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", [key, value])
