"""Which article of the archive a record is, where its file was moved or two files use one id."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from index.catalog import Catalog
from index.readers.source import file_id
from index.types import Article, Problem
from index.wording import containment, shingles, words_of

RELATED = 0.1  # of the shorter text's shingles in the other, below which it is no new version of it


@dataclass(slots=True)
class Known:
    """What the archive knows at the start of a run, by file."""

    catalog: Catalog
    moved: set[str] = field(default_factory=set)
    _by_place: dict[Path, str] | None = None

    def as_known(self, record: Article) -> Article:
        """The record under the id it has in the archive.

        An article that states no id goes by its file's path. When the file is moved it is still that article, with its
        former versions: so it keeps the id of the one whose file is gone and that says the same in every field.
        """
        if record.path is None or record.id != file_id(record.path) or self.catalog.hash_of(record.id) is not None:
            return record
        if at_place := self._places().get(record.path):
            return replace(record, id=at_place)
        for other in self.catalog.articles_saying(record.text):
            gone = other.path is not None and not other.path.exists()
            if gone and other.id not in self.moved and replace(other, id=record.id, path=record.path) == record:
                self.moved.add(other.id)
                return replace(record, id=other.id)
        return record

    def mistaken(self, record: Article) -> Problem | None:
        """A warning where a record is about to replace another file's article that has nothing to do with it."""
        stored = self.catalog.article(record.id)
        if record.path is None or stored.path is None or stored.path == record.path or not stored.path.exists():
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

    def _places(self) -> dict[Path, str]:
        if self._by_place is None:
            found = self.catalog.places_of_articles()
            counts: dict[Path, int] = {}
            for _, place in found:
                counts[place] = counts.get(place, 0) + 1
            self._by_place = {place: article_id for article_id, place in found if counts[place] == 1}
        return self._by_place
