"""The tables of the record, and the conversion between articles and rows."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from index.types import Article, Chunk, Span

SCHEMA = 3

# `articles` has no text, so that filters and counts scan a small table; an article keeps its row across versions.
# `changes` logs the ids of chunks added or removed in each generation, for the derived indexes to apply.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE outlets (row INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, hash BLOB NOT NULL,
    title TEXT, url TEXT, outlet TEXT, author TEXT, published TEXT, updated TEXT, path TEXT, place TEXT,
    outlet_row INTEGER REFERENCES outlets (row), published_at INTEGER, known_from INTEGER,
    chunks INTEGER NOT NULL, characters INTEGER NOT NULL
) STRICT;
CREATE TABLE texts (
    article INTEGER PRIMARY KEY REFERENCES articles (row) ON DELETE CASCADE, text TEXT NOT NULL
) STRICT;
CREATE TABLE former (
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE, version INTEGER NOT NULL,
    content TEXT NOT NULL, PRIMARY KEY (article, version)
) STRICT, WITHOUT ROWID;
CREATE TABLE vectors (row INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL) STRICT;
CREATE TABLE chunks (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    evidence BLOB NOT NULL, vector INTEGER NOT NULL REFERENCES vectors (row)
) STRICT;
CREATE INDEX chunks_of_article ON chunks (article);
CREATE INDEX chunks_with_evidence ON chunks (evidence);
CREATE INDEX chunks_with_vector ON chunks (vector);
CREATE TABLE changes (
    generation INTEGER NOT NULL, chunk TEXT NOT NULL, PRIMARY KEY (generation, chunk)
) STRICT, WITHOUT ROWID;
CREATE TABLE indexes (
    name TEXT PRIMARY KEY, generation INTEGER NOT NULL, signature TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', '0'), ('changes_from', '0');
"""

# Near-duplicates (see index/voices.py). A wording is one distinct text, whichever articles have it. `prints` holds the
# fingerprints by which wordings with common text are found, `kin` the pairs of such wordings, and `echoes` the chunks
# (by evidence key) that also occur in another wording. `chunks.echo` marks a chunk whose whole text occurs in an
# article known earlier; `own_chunks` and `own_characters` count the headed chunks that are not echoes.
# `prints` has no foreign key, because it is large and is deleted by its own primary key.
ADDED_IN_2 = """
CREATE TABLE wordings (row INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, prints INTEGER NOT NULL) STRICT;
CREATE TABLE prints (
    print INTEGER NOT NULL, wording INTEGER NOT NULL, PRIMARY KEY (print, wording)
) STRICT, WITHOUT ROWID;
CREATE TABLE kin (
    one INTEGER NOT NULL REFERENCES wordings (row) ON DELETE CASCADE,
    other INTEGER NOT NULL REFERENCES wordings (row) ON DELETE CASCADE,
    same_story INTEGER NOT NULL, PRIMARY KEY (one, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX kin_of_other ON kin (other);
CREATE TABLE echoes (
    evidence BLOB NOT NULL, wording INTEGER NOT NULL REFERENCES wordings (row) ON DELETE CASCADE,
    PRIMARY KEY (evidence, wording)
) STRICT, WITHOUT ROWID;
CREATE INDEX echoes_of_wording ON echoes (wording);
ALTER TABLE articles ADD COLUMN wording INTEGER REFERENCES wordings (row);
ALTER TABLE articles ADD COLUMN own_chunks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE articles ADD COLUMN own_characters INTEGER NOT NULL DEFAULT 0;
CREATE INDEX articles_of_wording ON articles (wording);
ALTER TABLE chunks ADD COLUMN echo INTEGER NOT NULL DEFAULT 0;
CREATE INDEX own_chunks ON chunks (evidence) WHERE echo = 0;
"""

# `parts` are the sections of an article that follow from its links, and no chunk may cross them (see
# index/chunking.py); `cut` are the sections its chunks were made with. The two differ when an article known earlier was
# added or removed since; the next sync then splits the article again.
ADDED_IN_3 = """
ALTER TABLE articles ADD COLUMN parts TEXT NOT NULL DEFAULT '[]';
ALTER TABLE articles ADD COLUMN cut TEXT NOT NULL DEFAULT '[]';
ALTER TABLE chunks ADD COLUMN headed INTEGER NOT NULL DEFAULT 1;
CREATE INDEX to_be_cut ON articles (row) WHERE parts != cut;
"""

ARTICLE_COLUMNS = "a.id, a.title, a.url, a.outlet, a.author, a.published, a.updated, a.path"
ARTICLE_WITH_TEXT = f"SELECT {ARTICLE_COLUMNS}, t.text FROM articles a JOIN texts t ON t.article = a.row"  # noqa: S608


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article without its text; ``characters`` is the total length of its chunks, ``chunks`` their number."""

    id: str
    title: str | None
    outlet: str | None
    author: str | None
    url: str | None
    published: datetime | None
    updated: datetime | None
    path: Path | None
    characters: int
    chunks: int


def article_to_json(article: Article) -> str:
    """Serialise all fields of an article, for comparison and for storing former versions."""
    return json.dumps(
        {
            "id": article.id,
            "title": article.title,
            "text": article.text,
            "url": article.url,
            "outlet": article.outlet,
            "author": article.author,
            "published": _iso(article.published),
            "updated": _iso(article.updated),
            "path": str(article.path) if article.path else None,
        },
        ensure_ascii=False,
    )


def article_from_json(content: str) -> Article:
    """Restore an article from the output of ``article_to_json``."""
    fields = json.loads(content)
    return Article(
        **fields
        | {
            "published": _moment(fields["published"]),
            "updated": _moment(fields["updated"]),
            "path": _path(fields["path"]),
        }
    )


def article_columns(article: Article) -> dict[str, str | None]:
    """Return the values of the columns in ``ARTICLE_COLUMNS``."""
    fields: dict[str, str | None] = json.loads(article_to_json(article))
    del fields["text"]
    return fields


def to_article(row: sqlite3.Row) -> Article:
    """Convert a row that includes the text to an article."""
    return Article(text=row["text"], id=row["id"], **_shown(row))


def to_summary(row: sqlite3.Row) -> ArticleSummary:
    """Convert a row to a summary."""
    return ArticleSummary(id=row["id"], characters=row["characters"], chunks=row["chunks"], **_shown(row))


def to_chunk(row: sqlite3.Row, article: str) -> Chunk:
    """Convert a row of a chunk, joined with its article's columns, to a chunk; ``article`` is the article's text."""
    span = Span(row["start"], row["stop"])
    return Chunk(
        id=row["chunk"],
        article_id=row["id"],
        ordinal=row["ordinal"],
        span=span,
        text=span.of(article),
        headed=bool(row["headed"]),
        **_shown(row),
    )


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    return {
        "title": row["title"],
        "outlet": row["outlet"],
        "author": row["author"],
        "url": row["url"],
        "published": _moment(row["published"]),
        "updated": _moment(row["updated"]),
        "path": _path(row["path"]),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _path(written: str | None) -> Path | None:
    return Path(written) if written else None
