"""Reads the part of the record within a question's bounds; articles outside them affect no result and no count."""
# ruff: noqa: S608  (queries are joined from constants of this package; every value is a parameter)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any

import numpy as np

from index.bounds import Bounds, moment
from index.chunking import searched_text
from index.database import Database, as_json
from index.ports import Vectors
from index.tables import ARTICLE_COLUMNS, ArticleSummary, to_chunk, to_summary
from index.types import Chunk, Coverage, Reprint, Span
from index.voices import is_echo
from index.wording import SHINGLE, Wording, lines_of

BLOCK = 1000  # rows held in memory at a time when all are read

CHUNK = f"""
SELECT c.id AS chunk, c.ordinal, c.start, c.stop, c.evidence, c.echo, c.headed, {ARTICLE_COLUMNS}, a.known_from,
       a.published_at, a.outlet_row, c.article AS article
FROM chunks c JOIN articles a ON a.row = c.article
"""
_VISIBLE = """
    (:known_by IS NULL OR a.known_from <= :known_by)
AND (:since IS NULL OR a.published_at >= :since)
AND (:until IS NULL OR a.published_at <= :until)
AND (:outlets IS NULL OR a.outlet_row IN (SELECT row FROM outlets WHERE key IN (SELECT value FROM json_each(:outlets))))
"""
_FIRST_KNOWN = "a.known_from IS NULL, a.known_from, a.published_at, a.id"


@dataclass(frozen=True, slots=True)
class Copy:
    """A chunk with its evidence key, which all copies of its text share, and the text it is found by."""

    chunk: Chunk
    evidence: bytes
    words: str


@dataclass(slots=True)
class Company:
    """The articles that share text with a chunk, earliest known first.

    ``also_in`` contain the whole chunk and ``reprints`` some of its sentences. For ``same_story``, the shorter of the
    two articles is mostly contained in the other.
    """

    also_in: list[str] = field(default_factory=list)
    reprints: list[Reprint] = field(default_factory=list)
    same_story: list[str] = field(default_factory=list)


class View:
    """The part of a record within given bounds."""

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._bounds = bounds
        self._limits = asdict(bounds) | {"outlets": as_json(bounds.outlets) if bounds.outlets else None}

    def coverage(self) -> Coverage:
        """Return the number of articles, their date range and their outlets."""
        counts = self._rows(
            "SELECT count(*) AS articles, count(coalesce(published_at, known_from)) AS dated, "
            f"min(coalesce(published_at, known_from)) AS oldest, max(coalesce(published_at, known_from)) AS newest "
            f"FROM articles a WHERE {_VISIBLE}"
        )[0]
        outlets = self._rows(f"SELECT DISTINCT outlet FROM articles a WHERE {_VISIBLE}")
        return Coverage(
            articles=counts["articles"],
            oldest=moment(counts["oldest"]),
            newest=moment(counts["newest"]),
            outlets=tuple(sorted(row["outlet"] for row in outlets if row["outlet"])),
            undated=counts["articles"] - counts["dated"],
        )

    def find(self, words: Sequence[str], limit: int) -> tuple[list[ArticleSummary], int]:
        """Find the articles whose headline, outlet and author together contain all words, ignoring case.

        Returns:
            At most ``limit`` articles, newest first and undated ones last, and the number of all matches.
        """
        # `holds` is a Python function, because SQLite's own comparisons ignore case for ASCII letters only.
        where = f"""
            FROM articles a WHERE {_VISIBLE} AND NOT EXISTS (SELECT 1 FROM json_each(:words) word WHERE NOT holds(
                coalesce(a.title, '') || ' ' || coalesce(a.outlet, '') || ' ' || coalesce(a.author, ''), word.value))
        """
        given = {**self._limits, "words": as_json(list(words)), "limit": limit}
        rows = self._database.rows(
            f"SELECT {ARTICLE_COLUMNS}, a.characters, a.chunks {where} "
            "ORDER BY coalesce(a.published_at, a.known_from) DESC, a.id LIMIT :limit",
            given,
        )
        matching = len(rows) if len(rows) < limit else self._database.rows(f"SELECT count(*) {where}", given)[0][0]
        return [to_summary(row) for row in rows], int(matching)

    def chunk_count(self) -> int:
        """Return the number of chunks, including echoes."""
        return int(self._rows(f"SELECT coalesce(sum(chunks), 0) FROM articles a WHERE {_VISIBLE}")[0][0])

    def own_size(self) -> tuple[int, int]:
        """Return the number of headed chunks that are not echoes, and their total number of characters.

        The bounds may limit ``known_by`` only.
        """
        row = self._rows(
            f"SELECT coalesce(sum(own_chunks), 0), coalesce(sum(own_characters), 0) FROM articles a WHERE {_VISIBLE}"
        )[0]
        return row[0], row[1]

    def outlet_rows(self) -> list[int]:
        """Return the catalog rows of the outlets in the bounds; unknown outlets are omitted."""
        rows = self._rows("SELECT row FROM outlets WHERE key IN (SELECT value FROM json_each(:outlets))")
        return [row["row"] for row in rows]

    def copies(self, chunk_ids: Sequence[str]) -> dict[str, Copy]:
        """Return those of the chunks that are live and within bounds, by id."""
        rows = self._rows(f"{CHUNK} WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {_VISIBLE}", chunk_ids)
        return {
            chunk.id: Copy(chunk, row["evidence"], searched_text(chunk, text))
            for chunk, row, text in with_texts(self._database, rows)
        }

    def own(self, chunk_ids: Sequence[str]) -> dict[str, bool]:
        """Filter chunks: keep those that are live, within bounds, and not echoes of other chunks within bounds.

        Returns:
            Chunk ids in the given order, each with whether it is headed.
        """
        # If only `known_by` limits, every earlier article is within bounds too, so the stored mark is correct.
        echo = "c.echo" if self._bounds.is_moment else is_echo(_VISIBLE)
        rows = self._rows(
            f"SELECT c.id, c.headed FROM chunks c JOIN articles a ON a.row = c.article "
            f"WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {_VISIBLE} AND NOT ({echo})",
            chunk_ids,
        )
        found = {row["id"]: bool(row["headed"]) for row in rows}
        return {chunk: found[chunk] for chunk in chunk_ids if chunk in found}

    def company(self, chunks: Sequence[Chunk]) -> dict[str, Company]:
        """Return, by chunk id, the other articles within bounds that share text with each chunk."""
        by_id = {chunk.id: chunk for chunk in chunks}
        found = {chunk: Company() for chunk in by_id}
        rows = self._rows(
            f"""
            SELECT c.id AS chunk, a.id AS article, a.wording, a.wording = x.wording OR c.evidence IN (
                SELECT evidence FROM echoes WHERE wording = a.wording
                UNION ALL SELECT evidence FROM chunks WHERE article = a.row) AS whole,
                a.wording = x.wording OR EXISTS (
                SELECT 1 FROM kin WHERE one = x.wording AND other = a.wording AND same_story) AS same_story
            FROM chunks c JOIN articles x ON x.row = c.article JOIN articles a ON a.row != x.row
            WHERE c.id IN (SELECT value FROM json_each(:ids)) AND {_VISIBLE} AND a.row IN (
                SELECT row FROM articles WHERE wording IN (
                    SELECT x.wording UNION ALL SELECT other FROM kin WHERE one = x.wording
                    UNION ALL SELECT wording FROM echoes WHERE evidence = c.evidence)
                UNION ALL SELECT article FROM chunks WHERE evidence = c.evidence)
            ORDER BY {_FIRST_KNOWN}
            """,
            list(by_id),
        )
        partly = {row["wording"] for row in rows if not row["whole"]}
        wordings = {wording: Wording(text) for wording, text in self._texts(partly).items()}
        for row in rows:
            company, chunk = found[row["chunk"]], by_id[row["chunk"]]
            if row["same_story"]:
                company.same_story.append(row["article"])
            if row["whole"]:
                company.also_in.append(row["article"])
            elif spans := held(chunk, wordings[row["wording"]]):
                company.reprints.append(Reprint(row["article"], spans))
        return found

    def vector_blocks(self) -> Iterator[tuple[list[str], Vectors]]:
        """Yield the ids and vectors of all chunks within bounds, in blocks."""
        query = f"""
            SELECT c.id, v.vector FROM articles a CROSS JOIN chunks c ON c.article = a.row
            JOIN vectors v ON v.row = c.vector WHERE {_VISIBLE}
        """
        for rows in self._database.blocks(query, self._limits, BLOCK):
            block = b"".join(row["vector"] for row in rows)
            yield [row["id"] for row in rows], np.frombuffer(block, dtype=np.float32).reshape(len(rows), -1)

    def _texts(self, wordings: set[int]) -> dict[int, str]:
        rows = self._database.rows(
            "SELECT a.wording, t.text FROM articles a JOIN texts t ON t.article = a.row "
            "WHERE a.wording IN (SELECT value FROM json_each(?)) GROUP BY a.wording",
            [as_json(sorted(wordings))],
        )
        return {row["wording"]: row["text"] for row in rows}

    def _rows(self, query: str, ids: Sequence[str] | None = None) -> list[Any]:
        return self._database.rows(query, self._limits | ({"ids": as_json(ids)} if ids is not None else {}))


def with_texts(database: Database, rows: Sequence[Any]) -> Iterator[tuple[Chunk, Any, str]]:
    """Yield the chunk of each row of the query ``CHUNK``, the row, and the article's text.

    Each text is read once: joined to every chunk, an article of 10 MB would become 100 GB.
    """
    articles = as_json(sorted({row["article"] for row in rows}))
    query = "SELECT article, text FROM texts WHERE article IN (SELECT value FROM json_each(?))"
    texts = {row["article"]: row["text"] for row in database.rows(query, [articles])}
    for row in rows:
        text = texts.get(row["article"])
        if text is not None:  # otherwise the article was removed between the two queries
            yield to_chunk(row, text), row, text


def held(chunk: Chunk, wording: Wording) -> tuple[Span, ...]:
    """Return the runs of sentences of a chunk that also occur in another text, as spans in the chunk's article."""
    start = chunk.span.start
    lines = ((line, len(line.words) >= SHINGLE and wording.has(line)) for line in lines_of(chunk.text))
    runs = (list(run) for is_shared, run in groupby(lines, key=lambda pair: pair[1]) if is_shared)
    return tuple(Span(start + run[0][0].span.start, start + run[-1][0].span.end) for run in runs)
