"""Joins sentences into one text without running a line that has no full stop into the sentence after it."""

from __future__ import annotations

from collections.abc import Iterable

_ENDING = (".", "?", "!", "…", ":", ";", ",")
_CLOSING = "\"'”’»)]"


def joined(sentences: Iterable[str]) -> str:
    """The sentences as one text, with a line break after one that does not end in punctuation.

    Headlines and key points have no full stop. Followed by a space, they would be parsed as the start of the next
    sentence: "Shopkeepers fear for trade" would make the shopkeepers its speaker.
    """
    text = ""
    for sentence in sentences:
        text = f"{text}{_separator(text)}{sentence}" if text else sentence
    return text


def _separator(text: str) -> str:
    return " " if text.rstrip(_CLOSING).endswith(_ENDING) else "\n"
