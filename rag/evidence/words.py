"""Word lists the training data is made with: near synonyms, opposites, and capitalised words that name nobody."""

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
"""A word and what may stand in its place with nearly the same meaning."""

ANTONYMS = _antonyms()
"""A word and its opposite, or another of its kind that it excludes."""

NOT_NAMES = frozenset((*MONTHS, *DAYS, *_lines("not_names.txt")))
"""Words that are capitalised without naming anybody."""
