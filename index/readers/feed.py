"""Reads RSS and Atom feeds, one article per entry."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import feedparser

from index.readers.clean import clean_line
from index.readers.decode import decode
from index.readers.fields import Stated, build
from index.readers.markup import words_of
from index.readers.source import Item, Source, Unreadable, reader

_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)["']""")
_FEED = re.compile(r"<(?:\w+:)?(?:rss|rdf|feed|channel)\b", re.IGNORECASE)
_NAME_AFTER_ADDRESS = re.compile(r"\S+@\S+\s+\((.+)\)")


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the articles of a feed saved to a file; an entry without an id is identified by its link."""
    data = source.read_bytes()
    declared = _DECLARED.search(data[:200])
    decoded = decode(data, declared[1].decode() if declared else None)
    if decoded.warning:
        yield source.problem(decoded.warning, skipped=False)
    if "<!ENTITY" in decoded.text:
        raise Unreadable(
            "declares its own XML entities, which no feed needs and which can expand to gigabytes; remove them"
        )
    if not _FEED.search(decoded.text):
        raise Unreadable("not an RSS or Atom feed; expected a <rss>, <rdf:RDF> or <feed> element")
    feed = _parse(decoded.text)
    if not feed.entries:
        raise Unreadable("the feed has no entries; download it again or remove it")
    if feed.bozo and (line := _error_line(feed)):
        yield source.problem("broken XML, read as far as possible; download the feed again", line, skipped=False)
    for number, entry in enumerate(feed.entries, start=1):
        try:
            yield from build(source, _stated(entry, feed.feed), of_file=False)
        except Unreadable as error:
            name = clean_line(_get(entry, "title") or "")
            yield source.problem(f"entry {number}{f' ({name[:80]})' if name else ''}: {error.problem}")


def _parse(text: str) -> Any:
    """Parse a feed with feedparser.

    It gets a stream, because it may take a string for a URL or a file name and open that. The header fixes the
    encoding, which the XML declaration may state differently.
    """
    if not text.startswith("<?xml"):
        text = '<?xml version="1.0"?>' + text  # otherwise feedparser inserts a line, which shifts line numbers
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(io.BytesIO(text.encode()), response_headers=headers)
    except Exception as error:  # its fallback parser raises undocumented exceptions for broken markup
        raise Unreadable(f"cannot be parsed as a feed ({type(error).__name__}); download it again") from error


def _error_line(feed: Any) -> int | None:
    find = getattr(feed.get("bozo_exception"), "getLineNumber", None)
    return find() if find else None


def _stated(entry: Any, feed: Any) -> Stated:
    contents = [part.get("value") or "" for part in entry.get("content", [])]
    text = words_of(max(contents, key=len, default="")) or words_of(_get(entry, "summary") or "")
    link = _get(entry, "link")  # feedparser sets this to the id for an Atom entry without a link
    if link and link != _get(entry, "id"):
        link = urljoin(_get(feed, "link") or "", link)  # a relative link such as "/news/1" is not unique across feeds
    return Stated(
        text=text,
        id=_get(entry, "id") or link,
        title=words_of(_get(entry, "title") or ""),
        url=link if link and link.startswith(("http://", "https://")) else None,
        outlet=words_of(_get(entry.get("source", {}), "title") or _get(feed, "title") or ""),
        author=_author(entry),
        published=_get(entry, "published"),
        updated=_get(entry, "updated"),
    )


def _author(entry: Any) -> str | None:
    """Return the authors' names. feedparser misparses RSS authors such as ``jane@varn.example (Jane Roe)``."""
    names = [author.get("name") for author in entry.get("authors", [])]
    if len(names) > 1:
        return ", ".join(filter(None, names))
    words = _get(entry, "author") or ""
    found = _NAME_AFTER_ADDRESS.fullmatch(words.strip())
    return found[1] if found else words


def _get(element: Any, key: str) -> str | None:
    # For a missing "updated", feedparser returns "published"; only "in" tells them apart.
    value = element[key] if key in element else None  # noqa: SIM401  (see above)
    return value if isinstance(value, str) else None
