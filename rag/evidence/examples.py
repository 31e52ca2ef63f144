"""Training examples: labelled text pairs, and the hash split that keeps every article on one side."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Task(StrEnum):
    """What a pair is scored for: whether the text answers the question, or whether the evidence supports the claim."""

    ANSWERS = "answers"
    SUPPORTS = "supports"


class Label(IntEnum):
    """Labels of the "supports" task, in the order of the logits.

    NOT_SUPPORTED has no logit of its own: it means refuted or not enough info, unknown which.
    """

    SUPPORTED = 0
    REFUTED = 1
    NOT_ENOUGH_INFO = 2
    NOT_SUPPORTED = 3


class Trained(StrEnum):
    """Whether the model was trained on a labelled set; the values are shown to users."""

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
"""The sets that ``rag.evidence.training.claim_sets`` reads and judges are measured on (``evals.suites.JUDGE_SETS``)."""


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled pair.

    ``first`` is the question or claim, ``second`` the text it is scored against. ``label`` is a ``Label`` for the
    "supports" task; for "answers" it is 1 (answers) or 0. ``source`` names the data set, ``kind`` how the example was
    made. Examples of the same ``group`` (an article or a question) stay on one side of a split.
    """

    task: Task
    first: str
    second: str
    label: int
    source: str
    kind: str = ""
    group: str = ""


def part(key: str, parts: int) -> int:
    """The part (0-based, below ``parts``) that a key belongs to: a stable hash, the same on every machine."""
    digest = hashlib.sha256(f"dateline-1:{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % parts


def is_for_reporting(article: str) -> bool:
    """Whether an article is in the evaluation half of a set that is also trained on."""
    return part(" ".join(article.split())[:2000], 2) == 0
