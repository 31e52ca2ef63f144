"""Links between articles and chunks that share text (reprints, abridgements, light edits), stored in the record.

The links are computed when an article is stored. They are between pairs of texts, never clusters: a cluster that exists
only because of an article published next week must not affect an answer as of today. Queries on the links are
restricted to the articles that the question may see.

A chunk is an echo if an article known earlier contains its whole text. Echoes are not searched and do not count in term
statistics, so any number of copies changes no answer. A wording is one distinct text, whichever articles have it.

Every function runs inside a transaction.
"""
# ruff: noqa: S608  (queries are joined from constants of this package; every value is a parameter)

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

from index.database import Connection, as_json
from index.keys import evidence_key
from index.types import Span
from index.wording import SAME_STORY, Line, Wording, containment, lines_of, parts, words_of

ENOUGH = 4  # shared fingerprints that make two texts worth comparing; for short texts, half of theirs
MOST = 100  # maximum number of texts that a new one is compared with, those sharing most fingerprints first
STOCK = 200  # texts examined per fingerprint; more common ones are stock phrases ("Sign up for our newsletter")

# A total order of articles by the time they became known, undated ones last.
BEFORE = """
(a.known_from IS NULL, ifnull(a.known_from, 0), ifnull(a.published_at, 0), a.id)
< (x.known_from IS NULL, ifnull(x.known_from, 0), ifnull(x.published_at, 0), x.id)
"""


def is_echo(visible: str) -> str:
    """Return an SQL expression: is chunk ``c`` an echo of an article ``a`` that satisfies the condition ``visible``?

    A chunk that repeats an earlier chunk of the same article is an echo, too.
    """
    return f"""
    EXISTS (
        SELECT 1 FROM articles x, articles a WHERE x.row = c.article AND a.row != x.row AND {BEFORE}
        AND a.wording IN (SELECT x.wording UNION ALL SELECT wording FROM echoes WHERE evidence = c.evidence)
        AND {visible}
    ) OR EXISTS (
        SELECT 1 FROM chunks d, articles x, articles a WHERE x.row = c.article AND a.row = d.article
        AND d.evidence = c.evidence AND d.row != c.row
        AND (CASE WHEN a.row = x.row THEN d.ordinal < c.ordinal ELSE {BEFORE} END) AND {visible}
    )
    """


# Of the articles of the same story: those known later, and the wordings of those known earlier, in that order.
_LATER = f"""
SELECT x.row FROM articles a JOIN kin ON kin.one = a.wording AND kin.same_story JOIN articles x ON x.wording = kin.other
WHERE a.row = :article AND {BEFORE}
"""
_EARLIER = f"""
SELECT a.wording, a.title FROM articles x JOIN kin ON kin.one = x.wording AND kin.same_story JOIN articles a
ON a.wording = kin.other WHERE x.row = :article AND {BEFORE}
ORDER BY a.known_from IS NULL, a.known_from, a.published_at, a.id
"""

# The chunks whose echo mark depends on an article, restricted by the condition {some}.
_AFFECTED = """
SELECT row FROM chunks WHERE article = :article
UNION SELECT c.row FROM chunks c
    WHERE c.evidence IN (SELECT evidence FROM chunks WHERE article = :article) AND {some}
UNION SELECT c.row FROM chunks c JOIN articles a ON a.row = c.article
    WHERE a.wording = (SELECT wording FROM articles WHERE row = :article) AND {some}
UNION SELECT c.row FROM chunks c WHERE {some} AND c.evidence IN (
    SELECT evidence FROM echoes WHERE wording = (SELECT wording FROM articles WHERE row = :article))
"""


def leaving(db: Connection, article: int) -> list[int]:
    """Return the rows of the chunks whose echo mark may change when an article or its current version is removed."""
    return [row["row"] for row in db.execute(_AFFECTED.format(some="TRUE"), {"article": article})]


def arriving(db: Connection, article: int) -> list[int]:
    """Return the rows of the chunks whose echo mark may change after an article was added; echoes stay echoes."""
    return [row["row"] for row in db.execute(_AFFECTED.format(some="c.echo = 0"), {"article": article})]


def later(db: Connection, article: int) -> list[int]:
    """Return the rows of the articles of the same story that were known after an article."""
    return [row["row"] for row in db.execute(_LATER, {"article": article})]


def mark_parts(db: Connection, articles: Iterable[int]) -> None:
    """Store the parts of articles: the sections copied from earlier articles of the story, and those added to them.

    Only earlier articles matter, so an article's chunks do not change when later ones are added. If the article has no
    headline, or the same one as an earlier article, the added sections are marked as not headed. Otherwise any number
    of copies, each with one line of its own, would crowd out the original in searches for the headline.
    """
    for article in sorted(set(articles)):
        row = db.execute(
            "SELECT title, text FROM articles JOIN texts ON article = row WHERE row = ?", [article]
        ).fetchone()
        before = db.execute(_EARLIER, {"article": article}).fetchall()
        wordings = dict.fromkeys(each["wording"] for each in before)
        headline = words_of(row["title"] or "")
        own = bool(headline) and headline not in {words_of(each["title"] or "") for each in before}
        found = parts(row["text"], (_wording(_text(db, wording)) for wording in wordings))
        as_stored = as_json([(start, own or not is_added) for start, is_added in found])
        db.execute("UPDATE articles SET parts = ? WHERE row = ?", [as_stored, article])


def link(db: Connection, article: int, text: str) -> None:
    """Compute the links of a stored article: which texts it shares words with, and which chunks are repeated."""
    key = evidence_key(text)
    found = db.execute("SELECT row FROM wordings WHERE key = ?", [key]).fetchone()
    if found:
        own = int(found["row"])
        db.execute("UPDATE articles SET wording = ? WHERE row = ?", [own, article])
        others = [row["other"] for row in db.execute("SELECT other FROM kin WHERE one = ?", [own])]
        for other in others:
            _echo(db, own, _wording(_text(db, other)), other)
        return
    wording = _wording(text)
    own = _store(db, key, wording)
    db.execute("UPDATE articles SET wording = ? WHERE row = ?", [own, article])
    for other, likely in _candidates(db, own, wording.prints):
        theirs = _wording(_text(db, other))
        same = likely >= SAME_STORY / 2 and containment(wording.shingles, theirs.shingles) >= SAME_STORY
        echoed = _echo(db, own, theirs, other) + _echo(db, other, wording, own)
        if same or echoed:
            db.executemany("INSERT OR REPLACE INTO kin VALUES (?, ?, ?)", [(own, other, same), (other, own, same)])


def unlink(db: Connection, article: int, text: str, evidence: Collection[bytes]) -> None:
    """Delete the links of an article and of its (already deleted) chunks, unless other articles have the same text."""
    own = db.execute("SELECT wording FROM articles WHERE row = ?", [article]).fetchone()["wording"]
    db.execute("UPDATE articles SET wording = NULL WHERE row = ?", [article])
    db.execute(
        "DELETE FROM echoes WHERE evidence IN (SELECT bytes_of(value) FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM chunks WHERE evidence = echoes.evidence)",
        [as_json([key.hex() for key in evidence])],
    )
    if own is None or db.execute("SELECT 1 FROM articles WHERE wording = ?", [own]).fetchone():
        return
    db.executemany(
        "DELETE FROM prints WHERE print = ? AND wording = ?", [(each, own) for each in _wording(text).prints]
    )
    db.execute("DELETE FROM wordings WHERE row = ?", [own])


def settle(db: Connection, chunks: Iterable[int], generation: int) -> None:
    """Update the echo marks of the chunks, and log those that changed so that the indexes are updated."""
    rows = as_json(sorted(set(chunks)))
    among = "c.row IN (SELECT value FROM json_each(?))"
    changed = db.execute(
        f"UPDATE chunks AS c SET echo = NOT c.echo WHERE {among} AND c.echo != ({is_echo('TRUE')}) RETURNING id", [rows]
    ).fetchall()
    db.executemany("INSERT OR IGNORE INTO changes VALUES (?, ?)", [(generation, row["id"]) for row in changed])
    db.execute(
        f"""UPDATE articles SET (own_chunks, own_characters) = (
                SELECT count(*), ifnull(sum(stop - start), 0) FROM chunks
                WHERE article = articles.row AND echo = 0 AND headed)
            WHERE row IN (SELECT c.article FROM chunks c WHERE {among})""",
        [rows],
    )


def link_all(db: Connection, generation: int) -> None:
    """Compute all links again, after every article was split again or an older archive was upgraded."""
    for table in ("echoes", "kin", "prints"):
        db.execute(f"DELETE FROM {table}")
    db.execute("UPDATE articles SET wording = NULL")
    db.execute("DELETE FROM wordings")
    articles = [row["row"] for row in db.execute("SELECT row FROM articles ORDER BY row").fetchall()]
    for article in articles:
        text = db.execute("SELECT text FROM texts WHERE article = ?", [article]).fetchone()["text"]
        link(db, article, text)
    mark_parts(db, articles)
    settle(db, [row["row"] for row in db.execute("SELECT row FROM chunks").fetchall()], generation)


def _store(db: Connection, key: bytes, wording: Wording) -> int:
    size = len(wording.prints)
    own = db.execute("INSERT INTO wordings (key, prints) VALUES (?, ?) RETURNING row", [key, size]).fetchone()["row"]
    db.executemany("INSERT INTO prints VALUES (?, ?)", [(each, own) for each in sorted(wording.prints)])
    return int(own)


def _candidates(db: Connection, own: int, prints: Collection[int]) -> list[tuple[int, float]]:
    """Return the wordings that share enough fingerprints, each with its estimated containment, 0 to 1."""
    shared: dict[int, int] = {}
    for each in prints:
        for row in db.execute("SELECT wording FROM prints WHERE print = ? ORDER BY wording LIMIT ?", [each, STOCK]):
            shared[row["wording"]] = shared.get(row["wording"], 0) + 1
    shared.pop(own, None)
    sizes = dict(
        db.execute(
            "SELECT row, prints FROM wordings WHERE row IN (SELECT value FROM json_each(?))", [as_json(list(shared))]
        )
    )
    enough = [row for row, count in shared.items() if count >= min(ENOUGH, len(prints) / 2, sizes[row] / 2)]
    closest = sorted(enough, key=lambda row: (-shared[row], row))[:MOST]
    return [(row, shared[row] / max(1, min(len(prints), sizes[row]))) for row in closest]


def _echo(db: Connection, own: int, holder: Wording, holder_row: int) -> int:
    """Store which chunks of articles with wording ``own`` also occur in another wording; return their number."""
    chunks = db.execute(
        """SELECT c.evidence, min(c.start) AS start, c.stop, c.article
           FROM chunks c JOIN articles a ON a.row = c.article WHERE a.wording = ? GROUP BY c.evidence""",
        [own],
    ).fetchall()
    texts = {
        row["article"]: row["text"]
        for row in db.execute(
            "SELECT article, text FROM texts WHERE article IN (SELECT value FROM json_each(?))",
            [as_json(sorted({chunk["article"] for chunk in chunks}))],
        )
    }
    held = [
        (row["evidence"], holder_row)
        for row in chunks
        if (lines := _lines(Span(row["start"], row["stop"]).of(texts[row["article"]]))) and holder.holds(lines)
    ]
    db.executemany("INSERT OR IGNORE INTO echoes VALUES (?, ?)", held)
    return len(held)


@lru_cache(maxsize=2048)
def _lines(chunk: str) -> list[Line]:
    """Return a chunk's sentences; cached, because a chunk is compared with up to ``MOST`` texts."""
    return lines_of(chunk)


@lru_cache(maxsize=256)
def _wording(text: str) -> Wording:
    """Return a text's wording; cached, because a text is compared with many others."""
    return Wording(text)


def _text(db: Connection, wording: int) -> str:
    query = "SELECT t.text FROM articles a JOIN texts t ON t.article = a.row WHERE a.wording = ? LIMIT 1"
    return str(db.execute(query, [wording]).fetchone()["text"])
