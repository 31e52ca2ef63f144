"""Combines the judgements on the sentences of a claim into one judgement on the claim."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from evals.types import Judgement
from index.sentences import sentence_spans
from rag.types import Support


def sentences(text: str) -> list[str]:
    """The sentences of a claim, or the whole text if none is found."""
    return [span.of(text) for span in sentence_spans(text)] or [text]


def weakest(parts: Sequence[Judgement]) -> Judgement:
    """The judgement on a claim from those on its sentences (at least one).

    The claim is refuted if a sentence is, and supported if all sentences are; a sentence without a verdict leaves it
    without one. ``score`` is the lowest score. ``share`` is the mean score, after the faithfulness of RAGAS, the share
    of supported statements (Es et al. 2024).
    """
    if len(parts) == 1:
        return parts[0]
    if any(part.support is None for part in parts):
        return Judgement(None, None, _reasons(parts))
    supports = {part.support for part in parts}
    scores = [part.score for part in parts if part.score is not None]
    score, share = (min(scores), fmean(scores)) if len(scores) == len(parts) else (None, None)
    if Support.REFUTED in supports:
        return Judgement(Support.REFUTED, score, _reasons(parts), share)
    support = Support.SUPPORTED if supports == {Support.SUPPORTED} else Support.NOT_ENOUGH_INFO
    return Judgement(support, score, _reasons(parts), share)


def _reasons(parts: Sequence[Judgement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for part in parts for reason in part.reasons))
