"""Takes an answer's claims and markers out of its text, to see whether it says more than it lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKER = re.compile(r"\s*\[\d+(?:, *\d+)*\]")
_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-Z“\"])|\n+")


def unlisted(answer: str, claims: Iterable[str]) -> list[str]:
    """The sentences of ``answer`` that no claim holds; what has fewer than three words (a heading, a label) is none."""
    rest = _flat(without_markers(answer))
    for claim in sorted(map(_flat, claims), key=len, reverse=True):
        rest = rest.replace(claim, "\n")
    return [part for part in _END.split(rest) if len(part.split()) >= 3]


def _flat(text: str) -> str:
    return " ".join(text.split())


def without_markers(text: str) -> str:
    """``text`` with its ``[2]`` markers taken off."""
    return MARKER.sub("", text).strip()
