"""What the evidence model learns from: labelled pairs of texts, and the split that keeps articles apart."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Task(StrEnum):
    """What is asked of a pair: does the text answer the question, does the evidence support the claim."""

    ANSWERS = "answers"
    SUPPORTS = "supports"


class Label(IntEnum):
    """The order of the model's support logits; NOT_SUPPORTED stands for refuted or not enough info, unknown which."""

    SUPPORTED = 0
    REFUTED = 1
    NOT_ENOUGH_INFO = 2
    NOT_SUPPORTED = 3


class Trained(StrEnum):
    """How far the model has learned from a set of labelled claims, in the words that are shown."""

    WHOLLY = "trained on"
    BY_HALF = "trained on another half"
    NOT = "not trained on"


TRAINED_ON: Mapping[str, Trained] = {
    "factcc": Trained.WHOLLY,
    "frank": Trained.WHOLLY,
    "fib": Trained.BY_HALF,
    "wice": Trained.BY_HALF,
    "attributionbench": Trained.BY_HALF,
}
"""The sets judges are measured on that ``rag.evidence.corpora`` reads, by the names of ``evals.suites.JUDGE_SETS``."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled pair.

    ``first`` is the question or claim, ``second`` the text it is held against. ``label`` is a ``Label`` for
    supports, and 1 (answers) or 0 for answers. ``source`` names the data set and ``kind`` the way it was made;
    examples of one ``group`` (an article, a question) stay on one side of a split.
    """

    task: Task
    first: str
    second: str
    label: int
    source: str
    kind: str = ""
    group: str = ""


def part(key: str, parts: int) -> int:
    """Which of ``parts`` an article belongs to, 0-based: the same on every machine, whatever the order of reading."""
    digest = hashlib.sha256(f"dateline-1:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % parts


def is_for_reporting(article: str) -> bool:
    """Half of the articles of a set used both ways: their items are reported on and never trained on."""
    return part(" ".join(article.split())[:2000], 2) == 0
