"""Opens the archive that the settings name.

Separate from ``rag.assemble``, because commands that list or add articles need no reader.
"""

from __future__ import annotations

from functools import lru_cache

from index.archive import Archive
from index.embedding import load_embedder
from index.ports import Embedder
from rag.settings import Settings


def open_archive(settings: Settings, *, create: bool = True) -> Archive:
    """Opens the archive; if it does not exist, creates it unless ``create`` is False.

    Raises:
        ArchiveMissing: it does not exist and ``create`` is False.
        ArchiveDamaged: its record cannot be read.
        BadInput: the embedding model named in the settings does not exist.
    """
    return Archive.open(
        settings.archive,
        embedder(settings),
        max_tokens=settings.chunking.max_tokens,
        overlap=settings.chunking.overlap,
        chroma_url=settings.chroma_url,
        candidates=settings.search.candidates,
        create=create,
    )


def embedder(settings: Settings) -> Embedder:
    """The embedder that the settings name; the archive and the reader share one instance."""
    chosen = settings.embedding
    return _load(chosen.model, tuple(sorted(chosen.options.items())), chosen.batch_size)


@lru_cache(maxsize=1)
def _load(model: str, options: tuple[tuple[str, str | int | float | bool], ...], batch_size: int) -> Embedder:
    return load_embedder(model, options=dict(options), batch_size=batch_size)
