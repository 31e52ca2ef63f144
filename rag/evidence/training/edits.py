"""Edits that turn a sentence into a near copy of it, and the files of records that have them.

A file has a line ``#KEY`` before the records of a passage; the hash of a passage's sentences names it. The fields of a
record are separated by tabs. Edits are written such as ``5:7 WORDS | 9:9 WORDS``: the words to replace (from, to;
counted from 0, end exclusive) and what to put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import BadInput

_EDIT = re.compile(r"(?P<start>\d+):(?P<end>\d+)(?: (?P<words>.+))?")


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the words ``start`` to ``end`` (0-based, end exclusive) of a sentence by others."""

    start: int
    end: int
    words: str


def parse_edits(field: str) -> tuple[Edit, ...]:
    """The edits of a field, in its order; none if a part of it has another form, or two edit the same words."""
    found = [edit for part in field.split(" | ") if (edit := _EDIT.fullmatch(part))]
    edits = [Edit(int(edit["start"]), int(edit["end"]), edit["words"] or "") for edit in found]
    places = [place for edit in sorted(edits, key=lambda edit: edit.start) for place in (edit.start, edit.end)]
    is_whole = len(found) == field.count(" | ") + 1 and places == sorted(places)
    return tuple(edits) if is_whole else ()


def edited(sentence: str, edits: tuple[Edit, ...]) -> str:
    """The sentence with all edits made."""
    words = sentence.split()
    for edit in sorted(edits, key=lambda edit: -edit.start):
        words[edit.start : edit.end] = edit.words.split()
    return " ".join(words)


def records(path: Path, record: re.Pattern[str], expected: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the passage's key and the match of each record, in the order of the file.

    Args:
        path: the file.
        record: matches a record's line; its groups named ``edits…`` have at least one edit each.
        expected: the form of a record, for the error.

    Raises:
        BadInput: a line is neither a record nor ``#KEY``, or a record stands before any key.
    """
    passage = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = record.fullmatch(line)
        if line.startswith("#"):
            passage = line[1:]
        elif passage and found and all(parse_edits(found[name]) for name in found.re.groupindex if "edits" in name):
            yield passage, found
        else:
            raise BadInput(f"{path}, line {number}: expected '#KEY', or {expected} between tabs.")
