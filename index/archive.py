"""An archive: articles in, scored chunks out. The one door to everything under ``index``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Any, Self

from index.bounds import Bounds
from index.catalog import Catalog, is_archive
from index.errors import ArchiveBusy, EnvironmentProblem, FingerprintMismatch, IndexDamaged, UnknownArticle
from index.files import files_under
from index.lexical import LexicalIndex
from index.lock import WriteLock, Writer
from index.ports import Embedder
from index.read_only import ReadOnlyUpkeep, RecordVectors
from index.search import Dense, Searcher
from index.sync import Cutter, Sync, embed_anew, recut
from index.tables import SCHEMA, ArticleSummary
from index.types import Article, Chunk, Coverage, Fingerprint, Problem, Question, ScoredChunk, SyncReport
from index.upkeep import Upkeep
from index.vectors import VectorIndex


@dataclass(frozen=True, slots=True)
class Status:
    """How an archive stands; ``behind`` names the indexes that the next command will bring up to the record."""

    folder: Path
    articles: int
    chunks: int
    generation: int
    fingerprint: Fingerprint | None
    behind: tuple[str, ...]
    writer: Writer | None
    bytes: int


class Archive:
    """One archive folder, opened with the embedder it is searched with.

    Any number may read while one writes; a reader sees what a writer added with its next search. Safe to share
    between threads.
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
        chroma_url: str | None = None,
        candidates: int = 40,
        create: bool = True,
    ) -> Archive:
        """Open the archive in a folder.

        Args:
            folder: where everything of the archive is.
            embedder: must be the one the archive was built with, as must ``max_tokens`` and ``overlap``; this is
                checked where it matters, so that an archive can be listed and rebuilt whatever it was built with.
            max_tokens: the most tokens of a chunk.
            overlap: tokens that a chunk repeats of the one before, at most.
            chroma_url: a Chroma server; without one Chroma is embedded, in the folder.
            candidates: chunks taken from each of dense and lexical search.
            create: make the archive where there is none.

        Raises:
            ArchiveMissing: there is none and ``create`` is False.
            ArchiveDamaged: the record cannot be read.
            EnvironmentProblem: a newer Dateline wrote it, or the folder cannot be used.
        """
        catalog = Catalog(folder, create=create)
        return cls(folder, catalog, Cutter(embedder, max_tokens, overlap), chroma_url, candidates)

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether there is an archive in a folder."""
        return is_archive(folder)

    def sync(
        self,
        records: Iterable[Article | Problem],
        *,
        mirror_roots: Sequence[Path] = (),
        progress: Callable[[int], None] | None = None,
    ) -> SyncReport:
        """Add new articles and new versions of known ones; what is known is left alone.

        Args:
            records: what was read. A problem is reported, and never takes out the articles of its path.
            mirror_roots: articles from files under these that are not among the records are taken out, at the end.
            progress: called now and then with the number of records dealt with.

        Raises:
            ArchiveBusy: another process is writing.
            FingerprintMismatch: the archive was built with another embedder or other chunking.
        """
        with self._writing():
            made = self._matching_fingerprint()
            run = Sync(self._catalog, self._cutter, made, self._upkeep.follow, progress or _no_progress)
            return run.run(records, mirror_roots)

    def remove(self, article_ids: Sequence[str]) -> SyncReport:
        """Take articles out, with every version and every index entry of them.

        Raises:
            UnknownArticle: an id is not in the archive; nothing was taken out.
            ArchiveBusy: another process is writing.
        """
        with self._writing():
            wanted = list(dict.fromkeys(article_ids))
            for article_id in wanted:
                if self._catalog.hash_of(article_id) is None:
                    raise UnknownArticle(
                        f"No article with the id {article_id!r} is in this archive; nothing was removed. "
                        "`dateline list` names all."
                    )
            if wanted:
                self._catalog.remove(wanted)
                if self._catalog.fingerprint == self._fingerprint():  # else the next sync, which must have this one
                    recut(self._catalog, self._cutter)
                self._upkeep.follow()
            left = self._catalog.article_count
            return SyncReport(articles=left, added=0, kept=left, removed=len(wanted), skipped=0)

    def articles(self) -> list[ArticleSummary]:
        """Every article without its text, oldest first, undated ones last."""
        return self._catalog.summaries()

    def find(self, words: str, question: Question, limit: int) -> tuple[list[ArticleSummary], int]:
        """The newest articles that a question may see and whose headline, outlet and author hold all ``words``.

        At most ``limit`` of them without their text, and how many there are; see ``View.find``.
        """
        return self._catalog.view(Bounds.of(question)).find(words.split(), limit)

    def article(self, article_id: str) -> Article:
        """One article with its text.

        Raises:
            UnknownArticle: none has this id.
        """
        return self._catalog.article(article_id)

    def versions(self, article_id: str) -> list[Article]:
        """An article and the versions it replaced, newest first.

        Raises:
            UnknownArticle: none has this id.
        """
        return self._catalog.versions(article_id)

    def chunks(self, chunk_ids: Sequence[str]) -> dict[str, Chunk]:
        """Those of the chunks that are in the archive, by id."""
        return {chunk_id: copy.chunk for chunk_id, copy in self._catalog.view(Bounds()).copies(chunk_ids).items()}

    def collection(self) -> Any:
        """The Chroma collection as it now stands, to be read only; see ``index.llama``."""
        self._require_writable()  # Chroma changes files even to read
        self._upkeep.ready()
        return self._vectors.collection

    def search(self, question: Question, limit: int) -> list[ScoredChunk]:
        """At most ``limit`` pieces of evidence that the question may see, best first; see ``index.search``.

        Raises:
            FingerprintMismatch: the archive was built with another embedder or other chunking.
            BadInput: a date of the question has no time zone.
        """
        if self._catalog.fingerprint is None:
            return []
        self._matching_fingerprint()
        self._upkeep.ready()
        try:
            return self._searcher.search(question, limit)
        except IndexDamaged:
            # A writer may have replaced the index under our hands, or it broke since it was last looked at.
            self._upkeep.distrust()
            self._upkeep.ready()
            return self._searcher.search(question, limit)

    def lag(self) -> str | None:
        """Why something that was added may not be found yet, in a sentence; None where all is."""
        writer = self._lock.writer() if self._upkeep.behind() else None
        return f"Articles are being added by {writer}; the last of them cannot be found yet." if writer else None

    def coverage(self, question: Question) -> Coverage:
        """How much of the archive a question may see."""
        return self._catalog.view(Bounds.of(question)).coverage()

    def status(self) -> Status:
        """How the archive stands; changes nothing."""
        return Status(
            folder=self._folder,
            articles=self._catalog.article_count,
            chunks=self._catalog.chunk_count,
            generation=self._catalog.generation,
            fingerprint=self._catalog.fingerprint,
            behind=self._upkeep.behind(),
            writer=self._lock.writer(),
            bytes=sum(about.st_size for _, about in files_under(self._folder)),
        )

    def check(self) -> list[str]:
        """Everything that is wrong, a sentence each; changes nothing.

        Raises:
            ArchiveBusy: another process is writing, so that the indexes are behind for good reason.
            EnvironmentProblem: the archive can only be read, and Chroma changes files even to look.
        """
        self._require_writable()
        if writer := self._lock.writer():
            raise ArchiveBusy(
                f"The archive {self._folder} is being written by {writer}: check it when that has finished."
            )
        return [*self._catalog.problems(), *(self._upkeep.faults() if self._catalog.generation else [])]

    def rebuild(self, *, reembed: bool = False, progress: Callable[[int], None] | None = None) -> None:
        """Make both indexes anew from the record.

        Args:
            reembed: also cut and embed every article again, with the embedder and sizes the archive was opened with.
            progress: called with the number of articles embedded.

        Raises:
            ArchiveBusy: another process is writing.
        """
        self._require_writable()
        with self._lock.held(), self._upkeep.writing(anew=True):
            if reembed:
                embed_anew(self._catalog, self._cutter, self._fingerprint(), progress or _no_progress)
            self._upkeep.refill()

    def close(self) -> None:
        """Let go of every file."""
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
        """Hold the lock, having completed what a writer before us may have left undone."""
        self._require_writable()
        with self._lock.held(), self._upkeep.writing():
            yield

    def _require_writable(self) -> None:
        if self._catalog.read_only:
            raise EnvironmentProblem(
                f"The archive {self._folder} can only be read here (its files are another's, or on a disk that is read "
                "only): change it where it can be written to, or copy it."
            )

    def _fingerprint(self) -> Fingerprint:
        cutter = self._cutter
        return Fingerprint(cutter.embedder.name, cutter.embedder.dimension, cutter.max_tokens, cutter.overlap, SCHEMA)

    def _matching_fingerprint(self) -> Fingerprint:
        ours, stored = self._fingerprint(), self._catalog.fingerprint
        if stored is not None and stored != ours:
            differences = ", ".join(
                f"{field.name} {getattr(stored, field.name)!r} (settings: {getattr(ours, field.name)!r})"
                for field in fields(Fingerprint)
                if getattr(stored, field.name) != getattr(ours, field.name)
            )
            raise FingerprintMismatch(
                f"The archive {self._folder} was built with {differences}: put the settings back, or run "
                "`dateline index rebuild --reembed` to embed every article anew."
            )
        return ours


def _no_progress(done: int) -> None:
    """Nobody watches."""
