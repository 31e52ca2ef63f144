"""Reads plain text files; see ``index.readers.plain``."""

from __future__ import annotations

from collections.abc import Iterator

from index.readers.plain import headline, read_written
from index.readers.source import Item, Source, reader


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the article in a ``.txt`` file."""
    yield from read_written(source, headline)
