"""Word lists used to generate training data: near synonyms, opposites, and capitalised words that are not names."""

from __future__ import annotations

from pathlib import Path

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").split("\n")[:-1]


def _synonyms() -> dict[str, list[str]]:
    groups = [line.split("|") for line in _lines("synonyms.txt")]
    return {words[0]: words[1:] for words in groups}


def _antonyms() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _lines("antonyms.txt"):
        one, other = line.split("/")
        table.setdefault(one, other)
        table.setdefault(other, one)
    return table


SYNONYMS = _synonyms()
"""Maps a word to replacements with nearly the same meaning."""

ANTONYMS = _antonyms()
"""Maps a word to its opposite, or to another word that excludes it (in both directions)."""

NOT_NAMES = frozenset((*MONTHS, *DAYS, *_lines("not_names.txt")))
"""Capitalised words that are not names."""
