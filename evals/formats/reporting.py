"""What is reported of a labelled set: of one the evidence model learned from by half, the other half."""

from __future__ import annotations

from dataclasses import replace

from evals.formats.base import JudgeSet, Labelled
from rag.evidence.examples import TRAINED_ON, Trained, is_for_reporting


def for_reporting(found: JudgeSet) -> JudgeSet:
    """The items to report on, none whose claim was trained on, be it with other evidence; all, where no half was.

    It is the same for every judge, so that their figures compare.
    """
    if TRAINED_ON.get(found.name) is not Trained.BY_HALF:
        return found
    kept: list[Labelled] = []
    trained: set[str] = set()
    for item in found.items:
        if is_for_reporting(_article(found, item)):
            kept.append(item)
        else:
            trained.add(item.pair.claim)
    return replace(found, items=tuple(item for item in kept if item.pair.claim not in trained))


def _article(found: JudgeSet, item: Labelled) -> str:
    """What ``rag.evidence.corpora`` halves the set by: the article's name where claims compete, else its words."""
    return item.cluster if found.choice else " ".join(item.pair.evidence)
