"""Notes on stderr that a user should know but that are not part of the answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from index.archive import Archive
from index.bounds import outlet_key
from index.types import Question
from ui.output import write_text
from ui.text import one_line

SHOWN = 8  # maximum number of outlets named


def note(archive: Archive, question: Question) -> None:
    """Report outlets that are not in the archive, and articles that are being added and cannot be found yet."""
    for sentence in _notes(archive, question):
        write_text(sys.stderr, f"dateline: {sentence}")


def _notes(archive: Archive, question: Question) -> Iterator[str]:
    if lag := archive.lag():
        yield lag
    if not question.outlets:
        return
    there = archive.coverage(Question("")).outlets
    keys = {outlet_key(outlet) for outlet in there}
    for outlet in question.outlets:
        if outlet_key(outlet) not in keys:
            shown = ", ".join(map(one_line, there[:SHOWN])) or "none"
            more = f" and {len(there) - SHOWN} more" if len(there) > SHOWN else ""
            yield f"The archive has no article by “{one_line(outlet)}”; its outlets are {shown}{more}."
