"""Reads JSON lines: one article per line, with any of the usual field names."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from index.readers.decode import decode_utf8
from index.readers.fields import ALIASES, build, pick, plain_key
from index.readers.source import Item, Source, Unreadable, reader, too_large

_TEXT_KEYS = tuple(plain_key(name) for name in ALIASES["text"])
_UTF_16 = {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}
_ONE_A_LINE = "(for example: jq -c '.[]' OLD.json > NEW.jsonl)"
_BLANK = b" \t\r\n\xef\xbb\xbf"


@reader
def read(source: Source) -> Iterator[Item]:
    """Read the articles of a ``.jsonl`` file line by line; ``max_bytes`` limits each line, not the file."""
    records = 0
    with source.path.open("rb") as file:
        if file.read(2) in _UTF_16:
            raise Unreadable("UTF-16, which JSON lines are not; save it as UTF-8: iconv -f UTF-16 -t UTF-8", 1)
        file.seek(0)
        for number, line in _lines(file, source.max_bytes):
            if line is not None and not line.strip(_BLANK):
                continue
            records += 1
            if line is None:
                yield source.problem(too_large(source.max_bytes), number)
                continue
            try:
                yield from build(source, pick(*_record(line, number, first=records == 1)), line=number, of_file=False)
            except _WholeDocument as error:
                raise Unreadable(error.problem, number) from error
            except Unreadable as error:
                yield source.problem(error.problem, number)
    if not records:
        raise Unreadable("empty file; put one JSON record on each line or remove it")


def _lines(file: BinaryIO, max_bytes: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield every line with its number; None for a line that is too long, which is skipped without being loaded."""
    number = 0
    while line := file.readline(max_bytes + 1):
        number += 1
        if len(line) <= max_bytes or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := file.readline(1 << 20)) and not rest.endswith(b"\n"):
            pass
        yield number, None


class _WholeDocument(Unreadable):
    """The file is a single JSON document, so all further lines would fail as well."""


def _record(line: bytes, number: int, *, first: bool) -> tuple[dict[str, object], str]:
    """Return the record on a line, and its text."""
    words = decode_utf8(line.rstrip(b"\r\n"), number)
    try:
        record = json.loads(words, strict=False)  # accept control characters, such as tabs, in strings
    except RecursionError as error:
        raise Unreadable("nested too deeply for a record; expected plain fields such as id, title, text") from error
    except ValueError as error:
        if first and words.strip() in {"[", "{"}:
            raise _WholeDocument(
                f"one JSON document over many lines; expected one record a line {_ONE_A_LINE}"
            ) from error
        where = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        why = error.msg if isinstance(error, json.JSONDecodeError) else "a number is too long"
        raise Unreadable(f"not JSON{where}: {why}; expected one whole record on this line") from error
    if isinstance(record, list) and any(isinstance(part, dict) for part in record):
        raise Unreadable(f"a list of {len(record):,} records; expected one record a line {_ONE_A_LINE}")
    if not isinstance(record, dict):
        raise Unreadable(f'{_kind(record)}, not a record; expected {{"id": …, "title": …, "text": …}}')
    return record, _text_of(record)


def _text_of(record: dict[str, object]) -> str:
    by_key = {plain_key(key): (key, value) for key, value in reversed(record.items())}
    found = [by_key[name] for name in _TEXT_KEYS if name in by_key]
    for _, value in found:
        if isinstance(value, str) and value.strip():
            return value
    for key, value in found:
        if not isinstance(value, str):
            raise Unreadable(f"{key!r} is {_kind(value)}; expected the article's text as one string")
    if found:
        raise Unreadable(f"{found[0][0]!r} is empty; put the article's text there or remove the record")
    keys = ", ".join(list(record)[:8])
    raise Unreadable(f"no text; expected a field text, body or content, found {keys[:200] or 'no fields'}")


def _kind(value: object) -> str:
    kinds = {
        list: "a list",
        dict: "a record",
        str: "a string",
        bool: "true or false",
        int: "a number",
        float: "a number",
    }
    return kinds.get(type(value), "null")
