"""A claim of several sentences is borne out where every one of them is."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from evals.types import Judgement
from index.sentences import sentence_spans
from rag.types import Support


def sentences(text: str) -> list[str]:
    """The sentences of a claim; the whole where it has none."""
    return [span.of(text) for span in sentence_spans(text)] or [text]


def weakest(parts: Sequence[Judgement]) -> Judgement:
    """The judgement on the whole: refuted if a part is, supported if all are, scored as the weakest part.

    ``share`` is the mean over the parts, as RAGAS takes faithfulness for the share of statements supported (Es et al.
    2024); people who rate an answer on a scale do likewise.
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
