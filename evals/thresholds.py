"""Chooses the confidence threshold for refusals from the replies of a run.

The reader refuses a question if its confidence is below ``reader.threshold``. The best threshold depends on the
archive: questions in an article's own words get a high confidence, questions in other words a low one. Among the
thresholds whose over-refusal is acceptable, the one with the highest refusal F1 is chosen. Its F1 on the questions it
was chosen on is optimistic, so the choice is also cross-validated, with whole stories left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evals.measures.base import Asked, Measure
from evals.measures.over_refusal import OVER_REFUSAL
from evals.measures.refusal_f1 import REFUSAL_F1
from evals.measures.refusal_recall import REFUSAL_RECALL
from evals.replies import GivenReply
from evals.score import sample_of, summarise
from evals.statistics.bootstrap import weighted_mean
from evals.types import Interval
from index.errors import BadInput

LINES = tuple(hundredth / 100 for hundredth in range(100))
SHOWN = LINES[::10]
FOLDS = 10
MEASURES = (REFUSAL_F1, REFUSAL_RECALL, OVER_REFUSAL)
ANSWERED, REFUSED = GivenReply(status="answered", answer=""), GivenReply(status="abstained", answer="")

Refuses = Callable[[Asked], bool]
"""Whether a case would be refused at some threshold."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusal F1, refusal recall and over-refusal at one threshold, with 95 % intervals."""

    f1: Interval
    recall: Interval
    over: Interval


@dataclass(frozen=True, slots=True)
class Found:
    """The best threshold.

    ``lines`` holds the measures at it and at some other thresholds; ``tried`` holds the cross-validated measures.
    """

    best: float
    lines: Mapping[float, Refusals]
    tried: Refusals


def find_threshold(asked: Sequence[Asked], most_over: float) -> Found:
    """The threshold with the highest refusal F1 whose over-refusal is at most ``most_over``, 0 to 1.

    Raises:
        BadInput: the run lacks answerable or unanswerable questions, no answer has a confidence, or over-refusal
            exceeds ``most_over`` at every threshold.
    """
    replied = [one for one in asked if one.reply is not None]
    floor = _lowest_answered(replied)
    best = _best(replied, floor, most_over)
    if best is None:
        raise BadInput(
            f"more than {most_over:.0%} of the answerable questions are refused at every threshold, since nothing was "
            "found or verified for them; allow more with --over-refusal"
        )
    by_others = [_best([one for one in replied if _fold(one) != fold], floor, most_over) for fold in range(FOLDS)]
    lines = [line or 0.0 for line in by_others]  # no acceptable threshold on the other folds: refuse nothing more
    return Found(
        best,
        {line: _refusals(replied, _at(line, floor)) for line in sorted({*SHOWN, best})},
        _refusals(replied, lambda one: _at(lines[_fold(one)], floor)(one)),
    )


def _lowest_answered(replied: Sequence[Asked]) -> float:
    """The lowest confidence of an answer."""
    if len({one.case.answerable for one in replied}) < 2:
        raise BadInput(
            "choosing a threshold needs questions that the articles answer and questions that they do not; "
            "the run lacks one kind"
        )
    found = [
        reply.confidence for one in replied if (reply := one.reply) and reply.answered and reply.confidence is not None
    ]
    if not found:
        raise BadInput("no answer of this run has a confidence, so no threshold can be chosen; ask a chatbot that does")
    return min(found)


def _at(line: float, floor: float) -> Refuses:
    """Which cases the threshold ``line`` refuses.

    A reply without a confidence, or refused although its confidence is at least ``floor``, was decided by something
    else (such as a name that is in no article). It stays as it is at every threshold.
    """

    def refuses(one: Asked) -> bool:
        reply = one.reply
        if reply is None or reply.confidence is None:
            return reply is not None and not reply.answered
        return reply.confidence < line or (not reply.answered and reply.confidence >= floor)

    return refuses


def _best(replied: Sequence[Asked], floor: float, most_over: float) -> float | None:
    """The lowest of the acceptable thresholds with the highest F1; None if no threshold is acceptable."""
    found = []
    for line in LINES:
        as_if = _as_if(replied, _at(line, floor))
        if any(one.case.answerable for one in replied) and _mean(OVER_REFUSAL, as_if) <= most_over:
            found.append((_mean(REFUSAL_F1, as_if), -line))
    return -max(found)[1] if found else None


def _mean(measure: Measure, asked: Sequence[Asked]) -> float:
    """The measure over all cases; 0 if it applies to none."""
    sample = sample_of({one.case.id: measure.score(one) for one in asked}, [one.case for one in asked])
    return weighted_mean(sample) if sample.values else 0.0


def _refusals(replied: Sequence[Asked], refuses: Refuses) -> Refusals:
    as_if = _as_if(replied, refuses)
    cases = [one.case for one in replied]
    found = [summarise({one.case.id: measure.score(one) for one in as_if}, cases).value for measure in MEASURES]
    f1, recall, over = (value or Interval(0.0, 0.0, 1.0) for value in found)
    return Refusals(f1, recall, over)


def _as_if(replied: Sequence[Asked], refuses: Refuses) -> list[Asked]:
    return [Asked(one.case, REFUSED if refuses(one) else ANSWERED) for one in replied]


def _fold(one: Asked) -> int:
    """The cross-validation fold of a case; all cases of a story share one."""
    return int(hashlib.sha256(one.case.story.encode()).hexdigest(), 16) % FOLDS
