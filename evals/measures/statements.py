"""Removes an answer's claims and citation markers from its text, to find sentences that are not listed as claims."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKER = re.compile(r"\s*\[\d+(?:, *\d+)*\]")
_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-Z“\"])|\n+")


def unlisted(answer: str, claims: Iterable[str]) -> list[str]:
    """The sentences of ``answer`` that no claim contains. Fewer than three words (a heading, a label) do not count."""
    rest = _flat(without_markers(answer))
    for claim in sorted(map(_flat, claims), key=len, reverse=True):
        rest = rest.replace(claim, "\n")
    return [part for part in _END.split(rest) if len(part.split()) >= 3]


def _flat(text: str) -> str:
    return " ".join(text.split())


def without_markers(text: str) -> str:
    """``text`` without citation markers such as ``[2]``."""
    return MARKER.sub("", text).strip()
