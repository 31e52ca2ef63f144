"""The tables of the record, and how an article becomes a row and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from index.types import Article, Chunk, Span

SCHEMA = 3

# `articles` has no text, so that filters and counts scan a small table; an article's row outlives its versions.
# `changes` is what the derived indexes have yet to take over: the ids of chunks that came or went, by generation.
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

# Whose words are whose (see index/voices.py). A wording is one text, however many articles print it; `prints` finds the
# wordings that share some, `kin` holds the pairs that do, `echoes` the chunks (by evidence key) that stand in another
# wording. `echo` marks a chunk of whose words an article known before holds all; `own_…` count the others.
# `prints` has no foreign key: it is large, and is cleared by its own key.
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

# `parts` are what no chunk of an article may go over, as its links have it (see index/chunking.py); `cut` are those it
# was cut by. Where the two differ an earlier article came after it, or went: the next sync cuts it again.
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
    """An article without its text; ``characters`` is its length, ``chunks`` how many it was cut into."""

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


@dataclass(frozen=True, slots=True)
class Entry:
    """What the derived indexes hold of one chunk; times in microseconds since 1970 UTC, ``outlet`` a catalog row.

    ``echo`` tells that an article known before holds all its words.
    """

    chunk: Chunk
    words: str
    vector: npt.NDArray[np.float32]
    known_from: int | None
    published_at: int | None
    outlet: int | None
    echo: bool = False


LEAD = 200  # characters of an article without a headline that stand in for it


def searched_text(chunk: Chunk, article: str) -> str:
    """What a chunk is found by: its article's headline, or else how the article opens, and its own words.

    One that is not ``headed`` is found by its own words alone.
    """
    if not chunk.headed:
        return chunk.text
    if chunk.title:
        return f"{chunk.title}\n{chunk.text}"
    return f"{article[:LEAD].rpartition(' ')[0]}\n{chunk.text}" if chunk.span.start >= LEAD else chunk.text


def content_hash(article: Article) -> bytes:
    """Equal for two articles only where everything in them is equal."""
    return hashlib.blake2b(article_to_json(article).encode(), digest_size=16).digest()


def vector_key(embedder: str, text: str) -> bytes:
    """What a stored vector is found by: the same text and the same embedder are embedded once."""
    return hashlib.blake2b(f"{embedder}\0{text}".encode(), digest_size=16).digest()


_QUOTES = str.maketrans("‘’“”", "''\"\"")


def evidence_key(text: str) -> bytes:
    """The same for the same sentences, however they are spaced, cased or quoted: one piece of evidence."""
    words = " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())
    return hashlib.blake2b(words.encode(), digest_size=16).digest()


def article_to_json(article: Article) -> str:
    """Every field, for comparing and for keeping former versions."""
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
    """The article that ``article_to_json`` wrote."""
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
    """The columns of ``ARTICLE_COLUMNS``."""
    fields: dict[str, str | None] = json.loads(article_to_json(article))
    del fields["text"]
    return fields


def to_article(row: sqlite3.Row) -> Article:
    """The article of a row with its text."""
    return Article(text=row["text"], id=row["id"], **_shown(row))


def to_summary(row: sqlite3.Row) -> ArticleSummary:
    """The summary of a row."""
    return ArticleSummary(id=row["id"], characters=row["characters"], chunks=row["chunks"], **_shown(row))


def to_chunk(row: sqlite3.Row, article: str) -> Chunk:
    """The chunk of a row with its article's columns; ``article`` is that one's text."""
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
