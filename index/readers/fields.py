"""Collects the fields that a source states under various names, and builds an ``Article`` from them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from index.dates import UnclearDate, parse_date
from index.readers.clean import clean_line, clean_text
from index.readers.source import Found, Item, Source, Unreadable, file_id
from index.types import Article

# Accepted names of each field, in order of preference; compared without case, "_", "-", ":" and spaces.
ALIASES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "doc_id", "article_id", "guid"),
    "title": ("title", "headline"),
    "text": ("text", "body", "content"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "publisher", "site", "site_name"),
    "author": ("author", "authors", "byline", "by"),
    "published": ("published", "publish_date", "published_at", "date", "date_published", "pub_date", "published_date"),
    "updated": ("updated", "modified", "date_modified", "updated_at", "last_updated", "updated_date"),
}


def plain_key(key: str) -> str:
    """Normalise a field name for comparison: ``pubDate``, ``pub-date`` and ``PUB_DATE`` are the same name."""
    return key.strip().lower().replace("_", "").replace("-", "").replace(":", "").replace(" ", "")


KNOWN_KEYS: Mapping[str, str] = {plain_key(name): field for field, names in ALIASES.items() for name in names}


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields as written in the source; None if a field is not stated."""

    text: str
    id: str | None = None
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None
    updated: str | None = None


def one_line(value: object) -> str | None:
    """Convert a value to one line of text.

    Accepts strings, integers, ``{"name": …}`` and lists of these, whose names are joined with commas.
    """
    if isinstance(value, str):
        return clean_line(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Mapping):
        return one_line(value.get("name")) if isinstance(value.get("name"), str) else None
    if isinstance(value, list):
        names = [one_line(part) for part in value if isinstance(part, str | Mapping)]
        return ", ".join(dict.fromkeys(name for name in names if name)) or None
    return None


def pick(record: Mapping[str, object], text: str) -> Stated:
    """Collect the fields that ``record`` states under any of their names, together with ``text``."""
    by_key: dict[str, object] = {}
    for key, value in record.items():
        by_key.setdefault(plain_key(key), value)

    def first(field: str, read: Callable[[object], str | None] = one_line) -> str | None:
        values = (read(by_key.get(plain_key(name))) for name in ALIASES[field])
        return next((value for value in values if value), None)

    return Stated(
        text=text,
        id=first("id"),
        title=first("title"),
        url=first("url"),
        outlet=first("outlet"),
        author=first("author"),
        published=first("published", _date_words),
        updated=first("updated", _date_words),
    )


def _date_words(value: object) -> str | None:
    """Convert a date to text; a value of another type is passed on in a form that will be reported as no date.

    Lists and mappings are not printed, because aliases in a few lines of YAML can expand to gigabytes.
    """
    if value is None or isinstance(value, str):
        return one_line(value)
    return str(value) if isinstance(value, int | float) else "a list or record"


def build(source: Source, stated: Stated, *, line: int | None = None, of_file: bool = True) -> Iterator[Item]:
    """Yield a warning for each stated field that cannot be used, then the article.

    Args:
        source: the file.
        stated: the fields as written in the file.
        line: the line of the file on which the article starts, if its format has lines.
        of_file: the file contains just this article, so an id can be derived from its path. Otherwise an article
            without an id is identified by its URL or else by a hash of its fields.

    Raises:
        Unreadable: the text has no letter or digit.
    """
    text = clean_text(stated.text)
    if not text:
        raise Unreadable("no text in it; put the article's text there or remove it", line)
    tidy = {name: clean_line(getattr(stated, name) or "") for name in ("title", "outlet", "author", "id", "url")}
    dates: dict[str, datetime | None] = {}
    for name in ("published", "updated"):
        dates[name] = None
        try:
            dates[name] = parse_date(words) if (words := getattr(stated, name)) else None
        except UnclearDate as error:
            yield source.problem(f"{name} date ignored: {error}", line, skipped=False)
    url = tidy["url"]
    if url and not _is_web_address(url):
        yield source.problem(f"URL {url[:80]!r} ignored; expected http://… or https://…", line, skipped=False)
        url = None
    article = Article(
        id="",
        title=tidy["title"],
        text=text,
        url=url,
        outlet=None if tidy["outlet"] and _is_web_address(tidy["outlet"]) else tidy["outlet"],
        author=tidy["author"],
        published=dates["published"],
        updated=dates["updated"],
        path=source.path,
    )
    id_ = tidy["id"] or (file_id(source.path) if of_file else url or fingerprint(article))
    yield Found(replace(article, id=id_), line)


def fingerprint(article: Article) -> str:
    """Return a hash of an article's content, without its id and path: 16 hexadecimal digits of SHA-256."""
    said = (
        article.title, article.text, article.url, article.outlet, article.author,
        article.published and article.published.isoformat(), article.updated and article.updated.isoformat(),
    )  # fmt: skip
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _is_web_address(words: str) -> bool:
    try:
        parts = urlsplit(words)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and " " not in words
