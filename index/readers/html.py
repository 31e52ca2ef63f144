"""Reads web pages: trafilatura extracts the text; metadata is used only if the page states it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import trafilatura
from trafilatura.settings import use_config

from index.readers.clean import clean_line
from index.readers.decode import decode
from index.readers.fields import build
from index.readers.front_matter import without_headline
from index.readers.html_metadata import stated_in_page
from index.readers.plain import with_byline_and_dates
from index.readers.source import Item, Source, Unreadable, reader

_DECLARED = re.compile(
    rb"""<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,200}?encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096  # browsers read only the first 1,024 bytes, but saved pages often begin with a long comment

_REPORT = 40  # minimum words in the paragraphs of an article; a teaser has fewer

# If the article is shorter than this (250 characters by default), trafilatura returns all text of the page instead,
# including menus, with a line break at every tag.
_CONFIG = use_config()
_CONFIG.set("DEFAULT", "MIN_EXTRACTED_SIZE", "1")

# We report problems ourselves; without a handler these loggers would print to stderr.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the article on a ``.html`` page."""
    data = source.read_bytes()
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    decoded = decode(data, declared[1].decode() if declared else None)
    if decoded.warning:
        yield source.problem(decoded.warning, skipped=False)
    tree, text = _parse(decoded.text)
    if len(together := _together(tree)) > 1:
        shown = ", ".join(f"“{headline[:60]}”" for headline in together[:3])
        yield source.problem(
            f"{len(together)} articles on one page ({shown}), of which only one, or all as one, can be read; "
            "save each article's own page",
            skipped=False,
        )
    stated = stated_in_page(tree, text)
    full = with_byline_and_dates(stated, text)
    yield from build(source, replace(full, text=without_headline(text, stated.title)))


def _together(tree: Any) -> list[str]:
    """Return the headlines of several complete articles on one page, such as a front page; teasers are too short."""
    parts = tree.xpath("//article[not(ancestor::article)]")
    whole = (part for part in parts if len(" ".join(part.xpath(".//p//text()")).split()) >= _REPORT)
    headlines = (clean_line(part.xpath("string((.//h1 | .//h2 | .//h3)[1])")) for part in whole)
    return [headline for headline in dict.fromkeys(headlines) if headline]


def _parse(page: str) -> tuple[Any, str]:
    """Return the parsed page and its article's text, one line per paragraph.

    trafilatura omits a paragraph that repeats the previous one verbatim.
    """
    if "<html" not in page[:100_000].lower():
        page = f"<html>{page}</html>"
    try:
        tree = trafilatura.load_html(page.replace("\0", ""))
        text = None if tree is None else trafilatura.extract(tree, include_comments=False, config=_CONFIG)
    except Exception as error:  # lxml and trafilatura raise undocumented exceptions for broken markup
        raise Unreadable(f"cannot be parsed as HTML ({type(error).__name__}); save the page again") from error
    if not text:
        raise Unreadable("no article text found on this page; save the page with its text, or the text as .txt")
    return tree, text
