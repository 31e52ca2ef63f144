"""Reads plain text and Markdown: takes metadata from front matter and from clear statements in the first lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from index.dates import UnclearDate, parse_date
from index.readers.clean import clean_text
from index.readers.decode import decode
from index.readers.fields import Stated, build, pick
from index.readers.front_matter import split_front_matter, without_headline
from index.readers.source import Item, Source

_TOP_LINES = 8
_LONGEST_TITLE = 140
_FEWEST_WORDS = 3
# A full stop, or a sign that the line belongs to something else: a dateline, the start of a list, a cut-off sentence.
_NO_HEADLINE_END = re.compile(r"[.…:;,)\]—–-][\"'”’»]*$")
_NO_HEADLINE_START = re.compile(r"[-*•·–—>|#(\[]|by\s|published\s|updated\s|posted\s", re.IGNORECASE)
_PARTICLES = {"al", "bin", "da", "de", "del", "der", "di", "du", "el", "ibn", "la", "le", "ter", "van", "von", "zu"}
_BYLINE = re.compile(r"By:? +(?P<names>.{5,100})")
_NAME_BREAK = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_NAME_PART = re.compile(r"[^\W\d_][^\W\d_.'’-]*(?:[.'’-][^\W\d_]*)*")
_STAMP = re.compile(r"(?P<kind>published|posted|last updated|updated)(?: on)?:?\s+(?P<date>.+)", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|·•]\s*")


def read_written(source: Source, find_title: Callable[[str], str | None]) -> Iterator[Item]:
    """Read the article in a text file; ``find_title`` finds a headline in the text if the front matter has none.

    A first line that only repeats the stated headline is removed. A headline found in the text stays there, so that it
    can be quoted.

    Raises:
        Unreadable: the file cannot be decoded, its front matter is malformed, or it has no text.
        OSError: the file cannot be opened.
    """
    decoded = decode(source.read_bytes())
    if decoded.warning:
        yield source.problem(decoded.warning, skipped=False)
    fields, text = split_front_matter(clean_text(decoded.text))
    stated = pick(fields, clean_text(text))
    text = without_headline(stated.text, stated.title)
    full = with_byline_and_dates(stated, text)
    yield from build(source, replace(full, text=text, title=stated.title or find_title(text)))


def headline(text: str) -> str | None:
    """Return the first line if a blank line follows and it reads like a headline, otherwise None."""
    first, _, rest = text.partition("\n")
    first = first.strip()
    if not rest.startswith("\n") or not rest.strip() or len(first) > _LONGEST_TITLE:
        return None
    if len(first.split()) < _FEWEST_WORDS or _NO_HEADLINE_START.match(first) or _NO_HEADLINE_END.search(first):
        return None
    return first if not first[0].islower() else None


def with_byline_and_dates(stated: Stated, text: str) -> Stated:
    """Fill in a missing author and dates from lines such as ``By Jane Roe`` and ``Published 4 May 2026``.

    Such a line must be near the top, and a byline must not be the first line (``By Land and Sea`` may be a headline).
    """
    found = _byline_and_dates(text, below_headline=stated.title is not None)
    return replace(
        stated,
        author=stated.author or found.get("author"),
        published=stated.published or found.get("published"),
        updated=stated.updated or found.get("updated"),
    )


def _byline_and_dates(text: str, *, below_headline: bool) -> dict[str, str]:
    said: dict[str, str] = {}
    lines = [line.strip() for line in text.split("\n", 3 * _TOP_LINES)[: 3 * _TOP_LINES] if line.strip()]
    for number, line in enumerate(lines[:_TOP_LINES]):
        if len(line) > _LONGEST_TITLE:
            continue
        for part in _PARTS.split(line.strip("*_ ")):
            if (number or below_headline) and (names := _names(part)):
                said.setdefault("author", names)
            elif (stamp := _STAMP.fullmatch(part)) and _is_date(stamp["date"]):
                kind = "updated" if "updated" in stamp["kind"].lower() else "published"
                said.setdefault(kind, stamp["date"])
    return said


def _names(line: str) -> str | None:
    """Return the names in a byline as printed, if it consists of full names only."""
    found = _BYLINE.fullmatch(line)
    if found is None or not all(map(_is_full_name, _NAME_BREAK.split(found["names"]))):
        return None
    return found["names"]


def _is_full_name(words: str) -> bool:
    parts = words.split()
    capitals = [part for part in parts if part[0].isupper()]
    return (
        len(capitals) >= 2
        and len(parts) <= 6
        and all(_NAME_PART.fullmatch(part) and (part in capitals or part in _PARTICLES) for part in parts)
        and (len(parts[-1]) <= 3 or not parts[-1].endswith("."))
    )


def _is_date(words: str) -> bool:
    try:
        parse_date(words)
    except UnclearDate:
        return False
    return True
