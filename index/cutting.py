"""Splits articles into chunks and embeds them; also all stored articles, with other settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.catalog import Catalog
from index.chunking import Part, chunk_article, embedded_text
from index.errors import FingerprintMismatch
from index.keys import vector_key
from index.ports import Embedder
from index.storing import Record
from index.tables import SCHEMA
from index.types import Article, Fingerprint

BATCH = 128  # texts embedded per transaction: the most work a kill can lose, and the interval of progress reports

_Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Cutter:
    """Splits articles into chunks and embeds them."""

    embedder: Embedder
    max_tokens: int
    overlap: int

    @property
    def fingerprint(self) -> Fingerprint:
        """The fingerprint of an archive built with these settings."""
        return Fingerprint(self.embedder.name, self.embedder.dimension, self.max_tokens, self.overlap, SCHEMA)

    def require_match(self, folder: Path, stored: Fingerprint | None) -> None:
        """Check that the archive in ``folder`` was built with these settings, or is still empty.

        Raises:
            FingerprintMismatch: it was built with others.
        """
        ours = self.fingerprint
        if stored is None or stored == ours:
            return
        differences = ", ".join(
            f"{field.name} {getattr(stored, field.name)!r} (settings: {getattr(ours, field.name)!r})"
            for field in fields(Fingerprint)
            if getattr(stored, field.name) != getattr(ours, field.name)
        )
        raise FingerprintMismatch(
            f"The archive {folder} was built with {differences}: restore those settings, or run "
            "`dateline index rebuild --reembed` to embed every article again."
        )

    def cut(self, article: Article, parts: Sequence[Part] = ()) -> tuple[Record, dict[bytes, str]]:
        """Split an article into chunks that cross no boundary between ``parts``.

        Returns:
            The record to store, and the text to embed for each vector key.
        """
        chunks = chunk_article(article, self.embedder, max_tokens=self.max_tokens, overlap=self.overlap, parts=parts)
        texts = [embedded_text(chunk) for chunk in chunks]
        model = f"{self.embedder.name} {self.embedder.dimension}"
        keys = [vector_key(model, text) for text in texts]
        return Record(article, chunks, keys, parts), dict(zip(keys, texts, strict=True))

    def embed(self, texts: Mapping[bytes, str]) -> dict[bytes, _Vector]:
        """Embed the texts; return a vector for each key."""
        vectors = self.embedder.embed_texts(list(texts.values()))
        return dict(zip(texts, vectors, strict=True))


def without_vectors(catalog: Catalog, texts: Mapping[bytes, str]) -> dict[bytes, str]:
    """Return the texts whose vectors are not stored yet."""
    known = catalog.known_vectors(texts)
    return {key: text for key, text in texts.items() if key not in known}


def recut(catalog: Catalog, cutter: Cutter) -> None:
    """Split articles again whose parts changed because an earlier article of their story was added or removed."""
    changed = list(catalog.parts(changed=True).items())
    for start in range(0, len(changed), BATCH):
        block = changed[start : start + BATCH]
        cut = [cutter.cut(catalog.article(article_id), parts) for article_id, parts in block]
        texts = {key: text for _, of_one in cut for key, text in of_one.items()}
        missing = without_vectors(catalog, texts)
        catalog.recut([record for record, _ in cut], cutter.embed(missing) if missing else {})


def embed_anew(catalog: Catalog, cutter: Cutter, progress: Callable[[int], None]) -> None:
    """Split and embed every article again, and store the cutter's fingerprint.

    Vectors are stored as they are computed, so a run that was killed resumes where it stopped. The chunks of all
    articles are replaced in one transaction, so no search ever sees vectors of two models.
    """
    articles = catalog.parts()
    waiting: dict[bytes, str] = {}
    for done, (article_id, parts) in enumerate(articles.items(), start=1):
        _, texts = cutter.cut(catalog.article(article_id), parts)
        waiting |= without_vectors(catalog, texts)
        if len(waiting) >= BATCH or (waiting and done == len(articles)):
            catalog.put_vectors(cutter.embed(waiting))
            waiting = {}
        progress(done)
    records = (cutter.cut(catalog.article(each), parts)[0] for each, parts in articles.items())
    catalog.replace_chunks(records, cutter.fingerprint)
