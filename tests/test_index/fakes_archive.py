"""Small archives for tests: numbered articles, and an archive that uses the fake embedder."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from test_index.fakes_index import HashingEmbedder

from index.archive import Archive
from index.types import Article

DAY = datetime(2026, 3, 1, tzinfo=UTC)
WORDS = [
    *("harbour", "ferry", "council", "budget", "flood", "bridge", "mayor", "strike", "vaccine", "river", "tunnel"),
    *("museum", "harvest", "verdict", "orchard", "ballot", "railway", "glacier", "festival", "refinery", "senate"),
    *("embargo", "drought", "satellite", "hospital", "pipeline", "stadium", "lighthouse", "quarry", "dam"),
]


def article(number: int, text: str | None = None, **fields: Any) -> Article:
    """Article ``number``: three sentences, some of its words unique, published ``number`` days after ``DAY``."""
    one, two, three = (WORDS[(number * step + step) % len(WORDS)] for step in (1, 7, 11))
    body = text or (
        f"The {one} of Town{number} was closed on day {number}. Officials said {number * 37 + 5} people waited at the "
        f"{two}.\n\nA spokesman for Agency{number} denied that the {three} was at risk."
    )
    known = {"title": f"The {one} {number}", "outlet": ("The Courier", "Radio Nord")[number % 2]}
    return Article(f"a{number}", text=body, **{**known, "published": DAY + timedelta(days=number), **fields})


def open_archive(folder: Path, embedder: HashingEmbedder | None = None, **settings: Any) -> Archive:
    """An archive with small chunks."""
    sizes = {"max_tokens": 48, "overlap": 0, "candidates": 40}
    return Archive.open(folder, embedder or HashingEmbedder(), **{**sizes, **settings})
