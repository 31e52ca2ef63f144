"""Changes to the record: one sync run, which the next completes if it was killed anywhere, and removals."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.catalog import Catalog
from index.cutting import BATCH, Cutter, recut, without_vectors
from index.errors import UnknownArticle
from index.keys import content_hash
from index.known import Known
from index.storing import Record
from index.types import Article, Problem, SyncReport

# Upper limit on the chunks recorded before the indexes are updated, so that articles become searchable during a long
# run. A small archive uses a lower limit; otherwise a new one would answer "nothing found" for minutes.
LAG = 5000


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
            self._process(record)
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

    def _process(self, record: Article | Problem) -> None:
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
            self._texts |= without_vectors(self.catalog, texts)

    def _flush(self) -> None:
        if self._records:
            vectors = self.cutter.embed(self._texts) if self._texts else {}
            self.catalog.put(self._records, vectors, self.cutter.fingerprint)
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


def remove_articles(catalog: Catalog, cutter: Cutter, article_ids: Sequence[str]) -> int:
    """Remove articles with all their versions from the record, and return how many; the indexes must follow.

    Raises:
        UnknownArticle: an id is not in the archive; nothing was removed.
    """
    wanted = list(dict.fromkeys(article_ids))
    for article_id in wanted:
        if catalog.hash_of(article_id) is None:
            raise UnknownArticle(
                f"No article with the id {article_id!r} is in this archive; nothing was removed. "
                "`dateline list` shows all ids."
            )
    if wanted:
        catalog.remove(wanted)
        # With another embedder the chunks cannot be recut here; the next sync with the right one does it.
        if catalog.fingerprint == cutter.fingerprint:
            recut(catalog, cutter)
    return len(wanted)


_TWICE = (
    "an article with the same id {id} but different content was already read in this run, and that one was kept: give "
    "each article its own id."
)


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
