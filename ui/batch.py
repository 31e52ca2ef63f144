"""JSON lines in: each line checked as it is read, and every problem named by file, line and mend."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from index.errors import BadInput
from index.types import Question
from ui.moments import DayEdge, parse_moment


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The lines of a file, or of standard input for ``-``, with the name to use in messages."""
    if str(path) == "-":
        yield "standard input", sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as problem:
        raise BadInput(f"{path} cannot be read: {problem.strerror}.") from None
    with stream:
        yield str(path), stream


def objects(name: str, stream: IO[bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's place in words and its object; blank lines are skipped.

    Raises:
        BadInput: a line is no JSON object in UTF-8.
    """
    for number, raw in enumerate(stream, start=1):
        place = f"{name}, line {number}"
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise BadInput(f"{place}: the line is not UTF-8; save the file as UTF-8.") from None
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except json.JSONDecodeError as problem:
            raise BadInput(
                f"{place}: not JSON ({problem.msg} at column {problem.colno}); write one object a line."
            ) from None
        if not isinstance(value, dict):
            raise BadInput(f"{place}: expected a JSON object, found {type(value).__name__}; write one object a line.")
        yield place, value


def question_from(place: str, record: dict[str, Any], defaults: Question) -> tuple[str, Question]:
    """A batch line ``{"id", "question", "as_of"?, "since"?, "until"?, "outlets"?}`` as id and question.

    What a line does not say is taken from ``defaults`` (the options of the command line).
    """
    outlets = record.get("outlets", list(defaults.outlets))
    if not isinstance(outlets, list) or not all(isinstance(outlet, str) for outlet in outlets):
        raise BadInput(f'{place}: "outlets" needs a list of texts.')
    return identifier(place, record), Question(
        text=text_field(place, record, "question"),
        as_of=_moment(place, record, "as_of", DayEdge.END) or defaults.as_of,
        since=_moment(place, record, "since", DayEdge.START) or defaults.since,
        until=_moment(place, record, "until", DayEdge.END) or defaults.until,
        outlets=tuple(outlets),
    )


def identifier(place: str, record: dict[str, Any]) -> str:
    """The line's ``id``: a text or a whole number."""
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadInput(f'{place}: "id" is missing or neither text nor whole number; give each line an id.')
    return str(value)


def text_field(place: str, record: dict[str, Any], field: str) -> str:
    """A field that has to hold text."""
    value = record.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f'{place}: "{field}" is missing or empty; it needs a text.')
    return value


def _moment(place: str, record: dict[str, Any], field: str, edge: DayEdge) -> datetime | None:
    value = record.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f'{place}: "{field}" needs a date such as "2026-05-04".')
    return parse_moment(value, edge, f'{place}: "{field}"')
