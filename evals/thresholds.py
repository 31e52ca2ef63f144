"""Where to draw the line between answering and refusing, by what a run's replies say of their own confidence.

The reader refuses a question where its confidence is below a line (``reader.threshold``). The right line depends on the
archive: people who ask in an article's own words get high confidence, and the line should be high; people who ask in
words of their own get low confidence. Among the lines that refuse no more of the answerable questions than is wanted,
the one with the highest refusal F1 is chosen. On the questions it was chosen on that looks better than it is, so it is
also tried on stories that had no part in choosing it.
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
"""Whether a case would be refused."""


@dataclass(frozen=True, slots=True)
class Refusals:
    """Refusal F1, the share of questions refused that should be, and that of the answerable ones refused."""

    f1: Interval
    recall: Interval
    over: Interval


@dataclass(frozen=True, slots=True)
class Found:
    """The best line, what it and some others would do, and what it does for stories that it was not chosen on."""

    best: float
    lines: Mapping[float, Refusals]
    tried: Refusals


def find_threshold(asked: Sequence[Asked], most_over: float) -> Found:
    """The line of most refusal F1 that refuses at most ``most_over``, 0 to 1, of the answerable questions.

    Raises:
        BadInput: the run has no answerable or no unanswerable question, or no reply tells its confidence; or even the
            lowest line refuses more.
    """
    told = [one for one in asked if one.reply is not None]
    floor = _answered_from(told)
    best = _best(told, floor, most_over)
    if best is None:
        raise BadInput(
            f"more than {most_over:.0%} of the answerable questions are refused at any line, since nothing was found "
            "or verified for them; allow more with --over-refusal"
        )
    by_others = [_best([one for one in told if _fold(one) != fold], floor, most_over) for fold in range(FOLDS)]
    lines = [line or 0.0 for line in by_others]  # where the others allow no line, none is drawn
    return Found(
        best,
        {line: _refusals(told, _at(line, floor)) for line in sorted({*SHOWN, best})},
        _refusals(told, lambda one: _at(lines[_fold(one)], floor)(one)),
    )


def _answered_from(told: Sequence[Asked]) -> float:
    """The lowest confidence that was answered."""
    if len({one.case.answerable for one in told}) < 2:
        raise BadInput(
            "a line needs questions that the articles answer and questions that they do not; the run lacks one kind"
        )
    found = [
        reply.confidence for one in told if (reply := one.reply) and reply.answered and reply.confidence is not None
    ]
    if not found:
        raise BadInput("no answer of this run tells its confidence, so no line can be drawn; ask a chatbot that does")
    return min(found)


def _at(line: float, floor: float) -> Refuses:
    """What a line refuses.

    A reply without a confidence, or refused although others as confident were answered, was decided by something else
    (a name that no article has, say). It stays as it is, whatever the line.
    """

    def refuses(one: Asked) -> bool:
        reply = one.reply
        if reply is None or reply.confidence is None:
            return reply is not None and not reply.answered
        return reply.confidence < line or (not reply.answered and reply.confidence >= floor)

    return refuses


def _best(told: Sequence[Asked], floor: float, most_over: float) -> float | None:
    """The lowest of the lines with the most F1 among those allowed; None where none is."""
    found = []
    for line in LINES:
        as_if = _as_if(told, _at(line, floor))
        if any(one.case.answerable for one in told) and _mean(OVER_REFUSAL, as_if) <= most_over:
            found.append((_mean(REFUSAL_F1, as_if), -line))
    return -max(found)[1] if found else None


def _mean(measure: Measure, asked: Sequence[Asked]) -> float:
    """The measure over all cases, 0 where it applies to none."""
    sample = sample_of({one.case.id: measure.score(one) for one in asked}, [one.case for one in asked])
    return weighted_mean(sample) if sample.values else 0.0


def _refusals(told: Sequence[Asked], refuses: Refuses) -> Refusals:
    as_if = _as_if(told, refuses)
    cases = [one.case for one in told]
    found = [summarise({one.case.id: measure.score(one) for one in as_if}, cases).value for measure in MEASURES]
    f1, recall, over = (value or Interval(0.0, 0.0, 1.0) for value in found)
    return Refusals(f1, recall, over)


def _as_if(told: Sequence[Asked], refuses: Refuses) -> list[Asked]:
    return [Asked(one.case, REFUSED if refuses(one) else ANSWERED) for one in told]


def _fold(one: Asked) -> int:
    """Stories stay whole."""
    return int(hashlib.sha256(one.case.story.encode()).hexdigest(), 16) % FOLDS
