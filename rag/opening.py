"""From settings to an archive; apart from ``rag.assemble``, since who lists or adds articles needs no reader."""

from __future__ import annotations

from functools import lru_cache

from index.archive import Archive
from index.embedding import load_embedder
from index.ports import Embedder
from rag.settings import Settings


def open_archive(settings: Settings, *, create: bool = True) -> Archive:
    """The archive of these settings; ``create`` makes it where there is none.

    Raises:
        ArchiveMissing: there is none and ``create`` is False.
        ArchiveDamaged: its record cannot be read.
        BadInput: the embedding named in the settings does not exist.
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
    """The embedder of these settings, one for archive and reader."""
    chosen = settings.embedding
    return _load(chosen.model, tuple(sorted(chosen.options.items())), chosen.batch_size)


@lru_cache(maxsize=1)
def _load(model: str, options: tuple[tuple[str, str | int | float | bool], ...], batch_size: int) -> Embedder:
    return load_embedder(model, options=dict(options), batch_size=batch_size)
