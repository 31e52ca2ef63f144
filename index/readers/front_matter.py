"""Parses front matter: YAML between ``---`` lines, or header lines such as ``Published: 4 May 2026``."""

from __future__ import annotations

import re
from collections.abc import Mapping

import yaml
from frontmatter.default_handlers import YAMLHandler

from index.dates import UnclearDate, parse_date
from index.readers.fields import KNOWN_KEYS, plain_key
from index.readers.source import Unreadable

_TOML_FENCE = re.compile(r"\+\+\+[ \t]*\n")
_HEADER = re.compile(r"(?P<key>[A-Za-z][A-Za-z _-]{0,24}):(?:[ \t]+(?P<value>\S.*)|[ \t]*)$")
_BYLINE = re.compile(r"(?P<key>By)[ \t]+(?P<value>\S.*)$")
_BLANK_LINE = re.compile(r"(\n[ \t]*\n)")
_HEADER_KEYS = {key: field for key, field in KNOWN_KEYS.items() if field != "text"}
_NOTHING = {"", "~", "null", "Null", "NULL"}


def split_front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """Separate the front matter from the text; without front matter, return no fields and the whole text.

    Raises:
        Unreadable: the front matter is malformed, so it cannot be told apart from the text.
    """
    if _TOML_FENCE.match(text):
        raise Unreadable("front matter between +++ lines (TOML); write it as YAML between --- lines", 1)
    handler = YAMLHandler()
    if not handler.detect(text):
        return _split_headers(text)
    try:
        block, content = handler.split(text)
        # The base loader keeps every value as a string: "id: 0123" stays 0123, and "title: No" stays No.
        stated = handler.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except ValueError:
        return {}, text  # an opening --- without a closing one is a horizontal rule
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        why = getattr(error, "problem", None) or "it is not YAML"
        raise Unreadable(f"front matter cannot be read: {why}; fix the YAML between the --- lines", line) from error
    except RecursionError as error:
        raise Unreadable("front matter is nested too deeply; write plain lines such as title: …", 1) from error
    if not isinstance(stated, dict) or not any(plain_key(str(key)) in KNOWN_KEYS for key in stated):
        return {}, text  # text between two horizontal rules
    return {str(key): _blank_as_none(value) for key, value in stated.items()}, content


def _blank_as_none(value: object) -> object:
    return None if isinstance(value, str) and value in _NOTHING else value


def _split_headers(text: str) -> tuple[Mapping[str, object], str]:
    """Parse ``Key: value`` lines up to the first blank line, if all have this form and the first key is known.

    A line that begins with white space continues the previous one (RFC 5322 section 2.2.3).
    """
    block, blank, content = _BLANK_LINE.split(text, 1) if _BLANK_LINE.search(text) else (text, "", "")
    if not blank or not content.strip():
        return {}, text
    stated: dict[str, object] = {}
    key = ""
    for line in block.split("\n"):
        if stated and line[:1] in {" ", "\t"}:
            stated[key] = f"{stated[key]} {line.strip()}"
            continue
        found = _HEADER.match(line) or _BYLINE.match(line)
        if found is None or (not stated and plain_key(found["key"]) not in _HEADER_KEYS):
            return {}, text
        key = found["key"]
        stated.setdefault(key, found["value"] or "")
    return (stated, content) if len(stated) > 1 or _stands_alone(block) else ({}, text)


def _stands_alone(line: str) -> bool:
    """Return whether a single line is a header; ``Updated: 3 dead in fire`` or ``By Land and Sea`` may be headlines."""
    found = _HEADER.match(line)
    field = _HEADER_KEYS.get(plain_key(found["key"])) if found else None
    if found is None or field not in {"published", "updated"}:
        return field in {"id", "title", "url", "author"}
    try:
        parse_date(found["value"] or "")
    except UnclearDate:
        return False
    return True


def without_headline(text: str, title: str | None) -> str:
    """Remove the first line if it only repeats the stated ``title``, also if written as a Markdown heading."""
    first, _, rest = text.lstrip().partition("\n")
    repeats = title is not None and " ".join(first.lstrip("# ").split()) == " ".join(title.split())
    return rest if repeats and rest.strip() else text
