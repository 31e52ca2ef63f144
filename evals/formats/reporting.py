"""Selects the items of a labelled set that judges are measured on: only those the evidence model was not trained on."""

from __future__ import annotations

from dataclasses import replace

from evals.formats.base import JudgeSet, Labelled
from rag.evidence.examples import TRAINED_ON, Trained, is_for_reporting


def for_reporting(found: JudgeSet) -> JudgeSet:
    """The set restricted to its held-out half, if the evidence model was trained on the other half.

    Claims that also occur in the training half, even with other evidence, are removed. A set that the model was not
    trained on, or trained on as a whole, is returned unchanged. All judges get the same items, so results compare.
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
    """The key by which ``rag.evidence.training.claim_sets`` splits: the cluster in a choice set, else the evidence."""
    return item.cluster if found.choice else " ".join(item.pair.evidence)
