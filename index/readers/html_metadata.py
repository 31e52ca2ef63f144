"""What a web page states about itself: JSON-LD, meta tags, ``<time>`` and the like, and nothing that must be guessed.

trafilatura and htmldate look for the same, but cannot be kept from guessing: they take a date from the address or
from any number in the text that resembles one, the outlet from the host name, the author from words near the top.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from index.readers.clean import clean_line
from index.readers.fields import Stated, one_line

# Names of meta tags (name, property or itemprop) by field, the most specific first.
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
# Elements that carry a field by HTML's own words, schema.org microdata or microformats (h-entry, hAtom).
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
    """The fields that a parsed page states, with the article's ``text``.

    A field stated differently by several elements of one kind (a page that lists articles) is not stated.
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
    """The one article described in JSON-LD; nothing if there are several or none."""
    nodes: list[Mapping[str, object]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            nodes += _nodes(json.loads(script.text_content(), strict=False))
        except (ValueError, RecursionError):
            continue  # broken for every reader of the page; its meta tags still stand
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
    """Every meta tag by its name in lower case; of several with one name the first, but all authors."""
    found: dict[str, list[str]] = {}
    for tag in tree.xpath("//meta[@content]"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").strip().lower()
        content = clean_line(tag.get("content"))
        # article:author and article:publisher often hold the address of a profile, which names nobody.
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
    """The one value that all agree on, or None."""
    different = {value for value in values if value}
    return different.pop() if len(different) == 1 else None


def _without_by(name: str | None) -> str | None:
    return name[3:] if name and name.startswith(("By ", "by ")) else name
