"""Writes articles to the record and updates the two indexes; the next run completes one that was killed anywhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from index.catalog import Catalog, IndexState
from index.chunking import Part, chunk_article, embedded_text
from index.known import Known
from index.ports import Embedder
from index.storing import Record
from index.tables import Entry, content_hash, vector_key
from index.types import Article, Fingerprint, Problem, SyncReport

BATCH = 128  # texts embedded per transaction: the most work a kill can lose, and the interval of progress reports
BLOCK = 1000  # chunks passed to an index at a time
# Upper limit on the chunks recorded before the indexes are updated, so that articles become searchable during a long
# run. A small archive uses a lower limit; otherwise a new one would answer "nothing found" for minutes.
LAG = 5000

_Vector = npt.NDArray[np.float32]
_T = TypeVar("_T")


class Index(Protocol):
    """An index derived from the record and kept up to date with it."""

    @property
    def name(self) -> str:
        """The name under which the record stores the state of this index."""
        ...

    def put(self, entries: Sequence[Entry], gone: Sequence[str]) -> None:
        """Add or replace ``entries``, then delete the chunk ids in ``gone``."""
        ...

    def commit(self, generation: int) -> None:
        """Mark the index as holding all of a generation."""
        ...

    def signature(self) -> str:
        """Return a string that changes when the index's files change."""
        ...

    def reset(self) -> None:
        """Delete the index and start with an empty one."""
        ...


@dataclass(frozen=True, slots=True)
class Cutter:
    """Splits articles into chunks and embeds them."""

    embedder: Embedder
    max_tokens: int
    overlap: int

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


@dataclass(slots=True)
class _Tally:
    added: int = 0
    kept: int = 0
    skipped: int = 0
    done: int = 0
    problems: list[Problem] = field(default_factory=list)
    seen: dict[str, bytes] = field(default_factory=dict)

    def note(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.skipped += problem.skipped


@dataclass(slots=True)
class Sync:
    """One run: stores records in batches of bounded size and removes stale articles at the end."""

    catalog: Catalog
    cutter: Cutter
    made: Fingerprint
    follow: Callable[[], None]
    progress: Callable[[int], None]
    _known: Known = field(init=False)
    _tally: _Tally = field(default_factory=_Tally)
    _records: list[Record] = field(default_factory=list)
    _texts: dict[bytes, str] = field(default_factory=dict)
    _unfollowed: int = 0

    def __post_init__(self) -> None:
        self._known = Known(self.catalog)

    def run(self, records: Iterable[Article | Problem], mirror_roots: Sequence[Path]) -> SyncReport:
        """Add new articles, replace changed ones and remove those that are gone from the mirrored roots."""
        for record in records:
            self._take(record)
            if len(self._texts) >= BATCH or len(self._records) >= BATCH:
                self._flush()
        self._flush()
        stale = self._stale(mirror_roots)
        if stale:
            self.catalog.remove(stale)
        recut(self.catalog, self.cutter)
        self.follow()
        tally = self._tally
        return SyncReport(
            articles=self.catalog.article_count,
            added=tally.added,
            kept=tally.kept,
            removed=len(stale),
            skipped=tally.skipped,
            problems=tuple(tally.problems),
            moved=len(self._known.moved),
        )

    def _take(self, record: Article | Problem) -> None:
        tally = self._tally
        tally.done += 1
        if isinstance(record, Problem):
            tally.note(record)
            return
        unusable = _unusable(record)
        if unusable:
            tally.note(Problem(record.path or Path(repr(record.id)), None, unusable))
            return
        record = self._known.as_known(record)
        content = content_hash(record)
        if record.id in tally.seen:
            if tally.seen[record.id] != content:
                tally.note(Problem(record.path or Path(record.id), None, _TWICE.format(id=record.id)))
            return
        tally.seen[record.id] = content
        stored = self.catalog.hash_of(record.id)
        if stored == content:
            tally.kept += 1
        else:
            if stored and (mistaken := self._known.mistaken(record)):
                tally.note(mistaken)
            tally.added += 1
            cut, texts = self.cutter.cut(record)
            self._records.append(cut)
            self._texts |= _without_vectors(self.catalog, texts)

    def _flush(self) -> None:
        if self._records:
            vectors = self.cutter.embed(self._texts) if self._texts else {}
            self.catalog.put(self._records, vectors, self.made)
            self._unfollowed += sum(len(record.chunks) for record in self._records)
            self._records, self._texts = [], {}
        if self._unfollowed >= min(LAG, max(BATCH, self.catalog.chunk_count // 2)):
            self.follow()
            self._unfollowed = 0
        self.progress(self._tally.done)

    def _stale(self, roots: Sequence[Path]) -> list[str]:
        """Return the ids of articles under a root that were not read again, except from files that had a problem."""
        troubled = {_place(problem.path) for problem in self._tally.problems}
        under = {_place(root) for root in roots}
        return [
            article_id
            for article_id, place in self.catalog.places_of_articles()
            if article_id not in self._tally.seen and _is_within(place, under) and not _is_within(place, troubled)
        ]


_TWICE = (
    "an article with the same id {id} but different content was already read in this run, and that one was kept: give "
    "each article its own id."
)


def bring_up(catalog: Catalog, index: Index) -> None:
    """Apply the changes since an index's generation; rebuild it if they are no longer logged."""
    generation = catalog.generation
    state = catalog.index_state(index.name)
    if state and state.generation == generation and state.signature == index.signature():
        return
    changed = catalog.changes_after(state.generation) if state else None
    if changed is None:
        fill(catalog, index)
        return
    gone: list[str] = []
    for block in _blocks(changed, BLOCK):
        entries = catalog.entries(block)
        gone += set(block) - {entry.chunk.id for entry in entries}
        index.put(entries, [])
    for block in _blocks(sorted(gone), BLOCK):
        index.put([], block)
    _stamp(catalog, index, generation)


def fill(catalog: Catalog, index: Index) -> None:
    """Rebuild an index from the record without embedding anything."""
    catalog.unstamp(index.name)
    generation = catalog.generation
    pour(catalog, index)
    _stamp(catalog, index, generation)


def pour(catalog: Catalog, index: Index) -> None:
    """Empty an index and add all chunks of the record to it."""
    index.reset()
    for block in _blocks(catalog.chunk_ids(), BLOCK):
        index.put(catalog.entries(block), [])


def _without_vectors(catalog: Catalog, texts: Mapping[bytes, str]) -> dict[bytes, str]:
    """Return the texts whose vectors are not stored yet."""
    known = catalog.known_vectors(texts)
    return {key: text for key, text in texts.items() if key not in known}


def recut(catalog: Catalog, cutter: Cutter) -> None:
    """Split articles again whose parts changed because an earlier article of their story was added or removed."""
    for block in _blocks(list(catalog.parts(changed=True).items()), BATCH):
        cut = [cutter.cut(catalog.article(article_id), parts) for article_id, parts in block]
        texts = {key: text for _, of_one in cut for key, text in of_one.items()}
        missing = _without_vectors(catalog, texts)
        catalog.recut([record for record, _ in cut], cutter.embed(missing) if missing else {})


def embed_anew(catalog: Catalog, cutter: Cutter, made: Fingerprint, progress: Callable[[int], None]) -> None:
    """Split and embed every article again, with a new fingerprint.

    Vectors are stored as they are computed, so a run that was killed resumes where it stopped. The chunks of all
    articles are replaced in one transaction, so no search ever sees vectors of two models.
    """
    articles = catalog.parts()
    waiting: dict[bytes, str] = {}
    for done, (article_id, parts) in enumerate(articles.items(), start=1):
        _, texts = cutter.cut(catalog.article(article_id), parts)
        waiting |= _without_vectors(catalog, texts)
        if len(waiting) >= BATCH or (waiting and done == len(articles)):
            catalog.put_vectors(cutter.embed(waiting))
            waiting = {}
        progress(done)
    catalog.replace_chunks((cutter.cut(catalog.article(each), parts)[0] for each, parts in articles.items()), made)


def _stamp(catalog: Catalog, index: Index, generation: int) -> None:
    index.commit(generation)
    catalog.stamp(index.name, IndexState(generation, index.signature()))


def _unusable(article: Article) -> str | None:
    """Return a sentence saying why an article cannot be stored; None if it can."""
    try:
        for text in (
            article.id,
            article.title,
            article.text,
            article.url,
            article.outlet,
            article.author,
            str(article.path),
        ):
            (text or "").encode()
    except UnicodeEncodeError:
        return "the article or its file's name contains invalid characters (lone surrogates): save it as UTF-8."
    if not article.id:
        return "the article has no id: give it one."
    return None


def _place(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  (Path.absolute keeps "..", resolve follows links)


def _is_within(place: Path, folders: set[Path]) -> bool:
    return place in folders or any(parent in folders for parent in place.parents)


def _blocks(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
