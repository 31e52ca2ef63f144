"""The state of an archive, and the faults of its record and indexes; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.catalog import Catalog
from index.errors import ArchiveBusy
from index.files import files_under
from index.lock import WriteLock, Writer
from index.types import Fingerprint
from index.upkeep import Upkeep


@dataclass(frozen=True, slots=True)
class Status:
    """The state of an archive.

    ``behind`` names the indexes that lag behind the record and that the next command will update. ``bytes`` is the
    size of the whole folder on disk.
    """

    folder: Path
    articles: int
    chunks: int
    generation: int
    fingerprint: Fingerprint | None
    behind: tuple[str, ...]
    writer: Writer | None
    bytes: int


def status_of(folder: Path, catalog: Catalog, upkeep: Upkeep, lock: WriteLock) -> Status:
    """Return the state of the archive in ``folder``."""
    return Status(
        folder=folder,
        articles=catalog.article_count,
        chunks=catalog.chunk_count,
        generation=catalog.generation,
        fingerprint=catalog.fingerprint,
        behind=upkeep.behind(),
        writer=lock.writer(),
        bytes=sum(about.st_size for _, about in files_under(folder)),
    )


def faults_of(folder: Path, catalog: Catalog, upkeep: Upkeep, lock: WriteLock) -> list[str]:
    """Return the faults of the record and of both indexes, a sentence each.

    Raises:
        ArchiveBusy: another process is writing, so the indexes are expected to lag.
        EnvironmentProblem: the archive is read-only, and Chroma modifies files even when it only reads.
    """
    catalog.require_writable()
    if writer := lock.writer():
        raise ArchiveBusy(
            f"The archive {folder} is being written by {writer}: wait until it has finished, then check again."
        )
    return [*catalog.problems(), *(upkeep.faults() if catalog.generation else [])]
