"""Matches records read from files to stored articles, also when a file was moved or two files use the same id."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from index.catalog import Catalog
from index.keys import evidence_key
from index.readers.source import file_id
from index.types import Article, Problem
from index.wording import containment, shingles, words_of

# Minimum containment of the shorter text's shingles in the other for one to be a new version of the other.
RELATED = 0.1


@dataclass(slots=True)
class Known:
    """Identifies records against the articles in the archive; used for one sync run.

    ``moved`` collects the ids of articles whose files were found in a new place.
    """

    catalog: Catalog
    moved: set[str] = field(default_factory=set)
    _by_place: dict[Path, str] | None = None
    _missing: dict[bytes, list[str]] = field(default_factory=dict)

    def as_known(self, record: Article) -> Article:
        """Return the record with the id it has in the archive.

        An article that states no id gets one from its file's path. If the file was moved, the article keeps its old id
        and its former versions: it is identified with a stored article whose file is gone and whose fields are all
        equal. A new file that later appears at the old path is a separate article.
        """
        if record.path is None or record.id != file_id(record.path):
            return record
        if at_place := self._places().get(record.path):
            return replace(record, id=at_place)
        if self.catalog.hash_of(record.id) is not None:
            return replace(record, id=self._unused_id(record.id)) if self._belongs_to_another_file(record) else record
        gone = self._missing_with_text(record.text)
        for other in map(self.catalog.article, gone):
            if replace(other, id=record.id, path=record.path) == record:
                gone.remove(other.id)
                self.moved.add(other.id)
                return replace(record, id=other.id)
        return record

    def mistaken(self, record: Article) -> Problem | None:
        """Return a warning if a record is about to replace an unrelated article that came from another file."""
        stored = self.catalog.article(record.id)
        if record.path is None or not _is_of_another_file(stored, record):
            return None
        one, other = (shingles(words_of(text)) for text in (stored.text, record.text))
        if containment(one, other) >= RELATED:
            return None
        return Problem(
            record.path,
            None,
            f"has the same id {record.id!r} as the article in {stored.path} and replaced it as a new version; if they "
            "are two articles, give each its own id and add both again",
            skipped=False,
        )

    def _belongs_to_another_file(self, record: Article) -> bool:
        """Return whether the stored article with this id now belongs to another file."""
        return _is_of_another_file(self.catalog.article(record.id), record)

    def _unused_id(self, article_id: str) -> str:
        ids = (f"{article_id}-{number}" for number in count(2))
        return next(each for each in ids if self.catalog.hash_of(each) is None)

    def _missing_with_text(self, text: str) -> list[str]:
        """Return the ids of articles with this text whose files are gone; cached, as many files can share a text."""
        key = evidence_key(text)
        if key not in self._missing:
            saying = self.catalog.articles_saying(text)
            self._missing[key] = [other.id for other in saying if other.path and _is_missing(other.path)]
        return self._missing[key]

    def _places(self) -> dict[Path, str]:
        if self._by_place is None:
            found = self.catalog.places_of_articles()
            counts = Counter(place for _, place in found)
            self._by_place = {place: article_id for article_id, place in found if counts[place] == 1}
        return self._by_place


def _is_of_another_file(stored: Article, record: Article) -> bool:
    """Return whether the two come from different files and the stored article's file still exists."""
    if record.path is None or stored.path is None or stored.path == record.path:
        return False
    return not _is_missing(stored.path)


def _is_missing(path: Path) -> bool:
    try:
        return not path.exists()
    except OSError:  # the path may not be inspected, which does not mean that the file is gone
        return False
