"""Reads Markdown: YAML front matter, and the text below it unchanged, including its markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.readers.plain import read_written
from index.readers.source import Item, Source, reader

_HEADING = re.compile(
    r"#[ \t]+(?P<marked>.{1,300}?)[ \t]{0,9}#{0,9}(?:\n|$)|(?P<underlined>.{1,300})\n=+[ \t]*(?:\n|$)"
)


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the article in a ``.md`` file."""
    yield from read_written(source, _heading)


def _heading(text: str) -> str | None:
    """Return the text of a first-level heading at the start (CommonMark sections 4.2 and 4.3), if any."""
    found = _HEADING.match(text)
    return found and (found["marked"] or found["underlined"])
