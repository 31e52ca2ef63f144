"""JSON Lines input: each line is validated as it is read; errors name the file, the line and the remedy."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from index.errors import BadInput
from index.types import Question
from ui.actions import LONGEST_QUESTION
from ui.moments import DayEdge, parse_moment
from ui.options import with_a_day
from ui.text import visible

_LIMITS = {"asof": "as_of", "since": "since", "until": "until", "outlet": "outlets"}
_KINDS = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}


@contextlib.contextmanager
def opened(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Open a file, or standard input for ``-``; yields the name to use in messages and the stream."""
    if str(path) == "-":
        yield "standard input", sys.stdin.buffer
        return
    try:
        stream = path.open("rb")
    except OSError as problem:
        raise BadInput(f"{path} cannot be read ({problem.strerror}); check the path and its permissions.") from None
    with stream:
        yield str(path), stream


def objects(name: str, stream: IO[bytes]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's location for messages and its object; blank lines are skipped.

    Raises:
        BadInput: A line is not a JSON object in UTF-8.
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
            value = json.loads(line.rstrip())
        except (ValueError, RecursionError) as problem:
            raise BadInput(f"{place}: not JSON ({_why(problem)}); write one object per line.") from None
        if not isinstance(value, dict):
            found = _KINDS.get(type(value), "null")
            raise BadInput(f"{place}: expected a JSON object, found {found}; write one object per line.")
        yield place, value


def question_from(place: str, record: dict[str, Any], defaults: Question) -> tuple[str, Question]:
    """Parse a batch line ``{"id", "question", "as_of"?, "since"?, "until"?, "outlets"?}`` into id and question.

    Missing limits are taken from ``defaults`` (the command-line options).
    """
    _refuse_slips(place, record)
    outlets = record.get("outlets", list(defaults.outlets))
    if not isinstance(outlets, list) or not all(isinstance(outlet, str) for outlet in outlets):
        raise BadInput(f'{place}: "outlets" must be a list of strings.')
    question = Question(
        text=_question_text(place, record),
        as_of=_moment(place, record, "as_of", DayEdge.END) or defaults.as_of,
        since=_moment(place, record, "since", DayEdge.START) or defaults.since,
        until=_moment(place, record, "until", DayEdge.END) or defaults.until,
        outlets=tuple(outlets),
    )
    return identifier(place, record), with_a_day(question, f"{place}: ")


def identifier(place: str, record: dict[str, Any]) -> str:
    """Return the line's ``id``, a string or an integer."""
    value = record.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise BadInput(f'{place}: "id" is missing, or is neither a string nor an integer; give each line an id.')
    return str(value)


def text_field(place: str, record: dict[str, Any], field: str) -> str:
    """Return a required, non-blank string field."""
    value = record.get(field)
    if not isinstance(value, str) or not value.strip():
        raise BadInput(f'{place}: "{field}" is missing or empty; it must be a string.')
    return value


def _question_text(place: str, record: dict[str, Any]) -> str:
    text = text_field(place, record, "question").strip()
    if len(text) > LONGEST_QUESTION:
        raise BadInput(f'{place}: "question" has {len(text):,} characters; at most {LONGEST_QUESTION:,} are allowed.')
    return text


def _refuse_slips(place: str, record: dict[str, Any]) -> None:
    """Reject misspelt limits, which would otherwise be ignored silently."""
    for key in record:
        meant = _LIMITS.get(re.sub(r"[\W_]", "", key).lower().rstrip("s"))
        if meant and key != meant:
            raise BadInput(f'{place}: there is no field "{visible(key)}"; did you mean "{meant}"?')


def _why(problem: ValueError | RecursionError) -> str:
    if isinstance(problem, json.JSONDecodeError):
        return f"{problem.msg} at column {problem.colno}"
    return "nested too deeply" if isinstance(problem, RecursionError) else "a number is too long"


def _moment(place: str, record: dict[str, Any], field: str, edge: DayEdge) -> datetime | None:
    value = record.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadInput(f'{place}: "{field}" must be a date such as "2026-05-04".')
    return parse_moment(value, edge, f'{place}: "{field}"')
