"""Splits an answer's text into statements, markers taken off: only to see whether it says more than its claims list."""

from __future__ import annotations

import re

_MARKER = re.compile(r"\s*\[\d+\]")
_END = re.compile(r"(?<=[.!?…”\"])\s+(?=[A-Z“\"])|\n+")


def statements(answer: str) -> list[str]:
    """The sentences of ``answer`` without markers; fragments of fewer than three words (headings, labels) left out."""
    parts = (part.strip() for part in _END.split(_MARKER.sub("", answer)))
    return [part for part in parts if len(part.split()) >= 3]


def without_markers(text: str) -> str:
    """``text`` with its ``[2]`` markers taken off."""
    return _MARKER.sub("", text).strip()
