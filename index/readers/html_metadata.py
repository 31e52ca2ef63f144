"""Extracts the metadata that a web page states explicitly, in JSON-LD, meta tags, ``<time>`` and similar elements.

trafilatura and htmldate extract the same fields but also guess, which cannot be turned off: they take a date from the
URL or from any number that resembles one, the outlet from the host name, and the author from words near the top.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.readers.clean import clean_line
from index.readers.fields import Stated, one_line

# Names of meta tags (name, property or itemprop) for each field, most specific first.
_META: Mapping[str, tuple[str, ...]] = {
    "id": ("article:id",),
    "title": ("og:title", "twitter:title", "headline", "citation_title", "dc.title", "dcterms.title"),
    "url": ("og:url",),
    "outlet": ("og:site_name", "citation_journal_title", "publisher", "dc.publisher", "dcterms.publisher"),
    "author": ("author", "article:author", "citation_author", "parsely-author", "dc.creator", "dcterms.creator", "byl"),
    "published": (
        "article:published_time", "og:published_time", "datepublished", "citation_publication_date",
        "parsely-pub-date", "sailthru.date", "pubdate", "publish-date", "publishdate", "publication_date",
        "dcterms.issued", "dc.date.issued", "dc.date", "date",
    ),
    "updated": (
        "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
        "last-modified", "lastmod",
    ),
}  # fmt: skip
# XPaths of elements that state a field in HTML, schema.org microdata or microformats (h-entry, hAtom).
_ELEMENTS: Mapping[str, str] = {
    "published": "//time[@pubdate] | //time[@itemprop='datePublished'] | //time[{published}] | //time[{dt-published}]",
    "updated": "//time[@itemprop='dateModified'] | //time[{updated}] | //time[{dt-updated}]",
    "author": "//*[@itemprop='author']//*[@itemprop='name'] | //a[@rel='author'] | //*[{p-author}]",
}
_JSON_LD: Mapping[str, str] = {
    "title": "headline",
    "outlet": "publisher",
    "author": "author",
    "published": "datePublished",
    "updated": "dateModified",
}


def stated_in_page(tree: Any, text: str) -> Stated:
    """Return the fields that a parsed page states, together with the article's ``text``.

    A field to which several elements of one kind give different values (a page that lists articles) is left out.
    """
    ld = _article_node(tree)
    meta = _meta_tags(tree)

    def first(field: str, *more: str | None) -> str | None:
        stated = one_line(ld.get(_JSON_LD[field])) if field in _JSON_LD else None
        named = (meta[name] for name in _META[field] if name in meta)
        return next((value for value in (stated, *named, *more) if value), None)

    return Stated(
        text=text,
        id=first("id"),
        title=first("title", _only(_texts(tree, "//h1")), _only(_texts(tree, "/html/head/title"))),
        url=next(iter(tree.xpath("/html/head/link[@rel='canonical']/@href")), None) or first("url"),
        outlet=first("outlet"),
        author=_without_by(first("author", _element(tree, "author"))),
        published=first("published", _element(tree, "published")),
        updated=first("updated", _element(tree, "updated")),
    )


def _article_node(tree: Any) -> Mapping[str, object]:
    """Return the only article described in JSON-LD; an empty mapping if there are none or several."""
    nodes: list[Mapping[str, object]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            nodes += _nodes(json.loads(script.text_content(), strict=False))
        except (ValueError, RecursionError):
            continue  # invalid JSON-LD; the meta tags can still be used
    articles = [node for node in nodes if _is_article(node)]
    return articles[0] if len(articles) == 1 else {}


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part)
    elif isinstance(value, dict):
        yield value
        yield from _nodes(value.get("@graph"))


def _is_article(node: Mapping[str, object]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and kind.endswith(("Article", "Posting")) for kind in kinds)


def _meta_tags(tree: Any) -> Mapping[str, str]:
    """Return the meta tags by lower-case name: the first value of each name, but all authors."""
    found: dict[str, list[str]] = {}
    for tag in tree.xpath("//meta[@content]"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = clean_line(tag.get("content"))
        # article:author is often the URL of a profile, which is not a name.
        if name and content and not (name.endswith("author") and content.startswith(("http:", "https:"))):
            found.setdefault(name, []).append(content)
    return {
        name: ", ".join(dict.fromkeys(values)) if name.endswith(("author", "creator")) else values[0]
        for name, values in found.items()
    }


def _element(tree: Any, field: str) -> str | None:
    path = _ELEMENTS[field]
    for name in ("published", "updated", "dt-published", "dt-updated", "p-author"):
        path = path.replace(f"{{{name}}}", f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')")
    elements = tree.xpath(path)
    return _only(one_line(element.get("datetime") or element.text_content()) for element in elements)


def _texts(tree: Any, path: str) -> Iterator[str | None]:
    return (clean_line(element.text_content()) for element in tree.xpath(path))


def _only(values: Iterable[str | None]) -> str | None:
    """Return the value if all non-empty values are equal, otherwise None."""
    different = {value for value in values if value}
    return different.pop() if len(different) == 1 else None


def _without_by(name: str | None) -> str | None:
    return name[3:] if name and name.startswith(("By ", "by ")) else name
