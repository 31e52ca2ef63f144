"""The archive: add articles, search chunks. The public entry point of the ``index`` package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self

from index.bounds import Bounds
from index.catalog import Catalog
from index.cutting import Cutter, embed_anew
from index.errors import IndexDamaged
from index.folder import is_archive
from index.health import Status, faults_of, status_of
from index.lexical import LexicalIndex
from index.lock import WriteLock
from index.ports import Embedder
from index.read_only import ReadOnlyUpkeep, RecordVectors
from index.search import Dense, Searcher
from index.sync import Sync, remove_articles
from index.tables import ArticleSummary
from index.types import Article, Chunk, Coverage, Problem, Question, ScoredChunk, SyncReport
from index.upkeep import Upkeep
from index.vectors import VectorIndex


class Archive:
    """One archive folder, opened with the embedder used to search it.

    One process can write while any number read; a reader sees new articles from its next search on. Thread-safe.
    """

    def __init__(self, folder: Path, catalog: Catalog, cutter: Cutter, chroma_url: str | None, candidates: int) -> None:
        """Use ``Archive.open``."""
        self._folder = folder
        self._catalog = catalog
        self._cutter = cutter
        self._lock = WriteLock(folder)
        self._vectors = VectorIndex(folder, catalog.archive_id, chroma_url)
        if catalog.read_only:
            dense: Dense = RecordVectors(catalog, self._vectors if chroma_url else None)
            scratch = Path(mkdtemp(prefix="dateline-"))
            words = LexicalIndex(scratch)
            self._upkeep: Upkeep = ReadOnlyUpkeep(folder, catalog, self._vectors, words, self._lock, scratch=scratch)
        else:
            dense, words = self._vectors, LexicalIndex(folder)
            self._upkeep = Upkeep(folder, catalog, self._vectors, words, self._lock)
        self._searcher = Searcher(catalog, dense, words, cutter.embedder, candidates)

    @classmethod
    def open(
        cls,
        folder: Path,
        embedder: Embedder,
        *,
        max_tokens: int,
        overlap: int,
        candidates: int,
        chroma_url: str | None = None,
        create: bool = True,
    ) -> Archive:
        """Open the archive in a folder.

        Args:
            folder: the archive's folder.
            embedder: must be the one the archive was built with, as must ``max_tokens`` and ``overlap``. This is
                checked only by the methods that depend on it, so any archive can be listed and rebuilt.
            max_tokens: maximum number of tokens in a chunk.
            overlap: maximum number of tokens that a chunk repeats from the previous one.
            candidates: number of chunks taken from each of dense and lexical search.
            chroma_url: URL of a Chroma server. Without one, Chroma runs embedded and stores its files in ``folder``.
            create: create the archive if it does not exist.

        Raises:
            ArchiveMissing: the archive does not exist and ``create`` is False.
            ArchiveDamaged: the record cannot be read.
            EnvironmentProblem: the archive was written by a newer Dateline, or the folder cannot be used.
        """
        catalog = Catalog(folder, create=create)
        return cls(folder, catalog, Cutter(embedder, max_tokens, overlap), chroma_url, candidates)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Return whether the folder contains an archive."""
        return is_archive(folder)

    def sync(
        self,
        records: Iterable[Article | Problem],
        *,
        mirror_roots: Sequence[Path] = (),
        progress: Callable[[int], None] | None = None,
    ) -> SyncReport:
        """Add new articles and new versions of stored ones; leave unchanged articles alone.

        Args:
            records: articles and problems, as read from the sources. A problem is reported; articles stored earlier
                from its path are kept even when mirroring.
            mirror_roots: folders or files to mirror. Stored articles that come from files under them and are not
                among the records are removed at the end.
            progress: called from time to time with the number of records processed.

        Raises:
            ArchiveBusy: another process is writing.
            FingerprintMismatch: the archive was built with another embedder or other chunk sizes.
        """
        with self._writing():
            self._cutter.require_match(self._folder, self._catalog.fingerprint)
            run = Sync(self._catalog, self._cutter, self._upkeep.follow, progress or _no_progress)
            return run.run(records, mirror_roots)

    def remove(self, article_ids: Sequence[str]) -> SyncReport:
        """Remove articles with all their versions and index entries.

        Raises:
            UnknownArticle: an id is not in the archive; nothing was removed.
            ArchiveBusy: another process is writing.
        """
        with self._writing():
            removed = remove_articles(self._catalog, self._cutter, article_ids)
            if removed:
                self._upkeep.follow()
            left = self._catalog.article_count
            return SyncReport(articles=left, added=0, kept=left, removed=removed, skipped=0)

    def articles(self) -> list[ArticleSummary]:
        """Return all articles without their text, oldest first and undated ones last."""
        return self._catalog.summaries()

    def find(self, words: str, question: Question, limit: int) -> tuple[list[ArticleSummary], int]:
        """Find the newest articles whose headline, outlet and author together contain all ``words``.

        Returns:
            At most ``limit`` matching articles visible to the question, without their text, and the number of all
            matches.
        """
        return self._catalog.view(Bounds.of(question)).find(words.split(), limit)

    def article(self, article_id: str) -> Article:
        """Return one article with its text.

        Raises:
            UnknownArticle: no article has this id.
        """
        return self._catalog.article(article_id)

    def versions(self, article_id: str) -> list[Article]:
        """Return an article followed by its former versions, newest first.

        Raises:
            UnknownArticle: no article has this id.
        """
        return self._catalog.versions(article_id)

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Return the requested chunks by id; unknown ids are omitted."""
        return {chunk_id: copy.chunk for chunk_id, copy in self._catalog.view(Bounds()).copies(chunk_ids).items()}

    def collection(self) -> Any:
        """Return the up-to-date Chroma collection, for reading only; see ``index.llama``."""
        self._catalog.require_writable()  # Chroma modifies files even when it only reads
        self._upkeep.ready()
        return self._vectors.collection

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """Return at most ``limit`` chunks visible to the question, best first; see ``index.search``.

        Raises:
            FingerprintMismatch: the archive was built with another embedder or other chunk sizes.
            BadInput: a date of the question has no time zone.
        """
        built_with = self._catalog.fingerprint
        if built_with is None:
            return []
        self._cutter.require_match(self._folder, built_with)
        self._upkeep.ready()
        try:
            return self._searcher.search(question, limit)
        except IndexDamaged:
            # Another process may have replaced the index meanwhile, or it was damaged since the last check.
            self._upkeep.distrust()
            self._upkeep.ready()
            return self._searcher.search(question, limit)

    def lag(self) -> str | None:
        """Return a sentence on why recently added articles cannot be found yet; None if the indexes are current."""
        writer = self._lock.writer() if self._upkeep.behind() else None
        return f"Articles are being added by {writer}; the last of them cannot be found yet." if writer else None

    def coverage(self, question: Question) -> Coverage:
        """Return how much of the archive is visible to a question."""
        return self._catalog.view(Bounds.of(question)).coverage()

    def status(self) -> Status:
        """Return the archive's state without changing anything."""
        return status_of(self._folder, self._catalog, self._upkeep, self._lock)

    def check(self) -> list[str]:
        """Return the faults of the record and of both indexes, a sentence each, without changing anything.

        Raises:
            ArchiveBusy: another process is writing, so the indexes are expected to lag.
            EnvironmentProblem: the archive is read-only, and Chroma modifies files even when it only reads.
        """
        return faults_of(self._folder, self._catalog, self._upkeep, self._lock)

    def rebuild(self, *, reembed: bool = False, progress: Callable[[int], None] | None = None) -> None:
        """Rebuild both indexes from the record.

        Args:
            reembed: also chunk and embed every article again, with the embedder and sizes this object was opened with.
            progress: called with the number of articles embedded so far.

        Raises:
            ArchiveBusy: another process is writing.
        """
        self._catalog.require_writable()
        with self._lock.held(), self._upkeep.writing(anew=True):
            if reembed:
                embed_anew(self._catalog, self._cutter, progress or _no_progress)
            self._upkeep.refill()

    def close(self) -> None:
        """Close all open files."""
        self._upkeep.close()
        self._catalog.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the write lock, after completing whatever an interrupted writer left unfinished."""
        self._catalog.require_writable()
        with self._lock.held(), self._upkeep.writing():
            yield


def _no_progress(done: int) -> None:
    """Ignore progress."""
