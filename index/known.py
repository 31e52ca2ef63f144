"""Which article of the archive a record is, where its file was moved or two files use one id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from index.catalog import Catalog
from index.readers.source import file_id
from index.tables import evidence_key
from index.types import Article, Problem
from index.wording import containment, shingles, words_of

RELATED = 0.1  # of the shorter text's shingles in the other, below which it is no new version of it


@dataclass(slots=True)
class Known:
    """What the archive knows at the start of a run, by file."""

    catalog: Catalog
    moved: set[str] = field(default_factory=set)
    _by_place: dict[Path, str] | None = None
    _gone: dict[bytes, list[str]] = field(default_factory=dict)

    def as_known(self, record: Article) -> Article:
        """The record under the id it has in the archive.

        An article that states no id goes by its file's path. When the file is moved it is still that article, with its
        former versions: so it keeps the id of the one whose file is gone and that says the same in every field. What
        later stands in the place that it left is an article of its own.
        """
        if record.path is None or record.id != file_id(record.path):
            return record
        if at_place := self._places().get(record.path):
            return replace(record, id=at_place)
        if self.catalog.hash_of(record.id) is not None:
            return replace(record, id=self._free(record.id)) if self._lives_elsewhere(record) else record
        gone = self._gone_saying(record.text)
        for other in map(self.catalog.article, gone):
            if replace(other, id=record.id, path=record.path) == record:
                gone.remove(other.id)
                self.moved.add(other.id)
                return replace(record, id=other.id)
        return record

    def mistaken(self, record: Article) -> Problem | None:
        """A warning where a record is about to replace another file's article that has nothing to do with it."""
        stored = self.catalog.article(record.id)
        if record.path is None or not _is_of_another_file(stored, record):
            return None
        one, other = (shingles(words_of(text)) for text in (stored.text, record.text))
        if containment(one, other) >= RELATED:
            return None
        return Problem(
            record.path,
            None,
            f"has the id {record.id!r} of an article in {stored.path}, which it replaced as its new version; give "
            "each its own id and add both again if they are two",
            skipped=False,
        )

    def _lives_elsewhere(self, record: Article) -> bool:
        """Whether the article of this id went on to another file."""
        return _is_of_another_file(self.catalog.article(record.id), record)

    def _free(self, article_id: str) -> str:
        ids = (f"{article_id}-{number}" for number in count(2))
        return next(each for each in ids if self.catalog.hash_of(each) is None)

    def _gone_saying(self, text: str) -> list[str]:
        """Ids of the articles with this text whose files are gone; looked for once, as many files can say the same."""
        key = evidence_key(text)
        if key not in self._gone:
            saying = self.catalog.articles_saying(text)
            self._gone[key] = [other.id for other in saying if other.path and _is_gone(other.path)]
        return self._gone[key]

    def _places(self) -> dict[Path, str]:
        if self._by_place is None:
            found = self.catalog.places_of_articles()
            counts = Counter(place for _, place in found)
            self._by_place = {place: article_id for article_id, place in found if counts[place] == 1}
        return self._by_place


def _is_of_another_file(stored: Article, record: Article) -> bool:
    """Whether both come from files, from different ones, and the stored one's is still there."""
    if record.path is None or stored.path is None or stored.path == record.path:
        return False
    return not _is_gone(stored.path)


def _is_gone(path: Path) -> bool:
    try:
        return not path.exists()
    except OSError:  # it may not be looked at, which is no reason to think so
        return False
