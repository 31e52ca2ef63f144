"""What the chatbot's own confidence is worth: risk against coverage, and calibration.

An answer's confidence is the one it gives (``confidence``, the probability that it is right). Where no reply of a run
gives any, that of its least certain claim stands in (``claims[].verdict.score``), which says less: a sentence may be
borne out and still answer another question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.measures.answer_in_quotes import ANSWER_IN_QUOTES
from evals.measures.base import Asked
from evals.measures.refusal_recall import REFUSAL_RECALL
from evals.measures.relevant_cited import RELEVANT_CITED
from evals.replies import GivenReply
from evals.statistics.ranks import auroc
from evals.statistics.rates import wilson


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only where confidence is at least ``threshold``: the share answered, and the share of those wrong."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence: mean confidence, share right with Wilson's 95 % interval, how many."""

    confidence: float
    right: float
    count: int
    low: float
    high: float


RIGHT_BY = (ANSWER_IN_QUOTES, RELEVANT_CITED, REFUSAL_RECALL)
"""The first of these that is measured says whether a reply is right: it quotes a reference answer; where there is none,
it cites a relevant article; and where no article answers, it refuses."""

Outcome = tuple[float, bool]
"""An answer's confidence, and whether it is right."""


def outcomes(asked: Sequence[Asked]) -> tuple[str, list[Outcome]]:
    """Whose confidence it is (``answers`` or ``claims``), and every answer that tells it.

    ``RIGHT_BY`` says whether it is.
    """
    told = any(one.reply and one.reply.answered and one.reply.confidence is not None for one in asked)
    found = []
    for one in asked:
        confidence = _confidence(one.reply, of_answers=told)
        right = _right(one)
        if confidence is not None and right is not None:
            found.append((confidence, right))
    return ("answers" if told else "claims"), found


def _confidence(reply: GivenReply | None, *, of_answers: bool) -> float | None:
    if reply is None or not reply.answered:
        return None
    if of_answers:
        return reply.confidence
    return min((claim.verdict.score for claim in reply.claims if claim.verdict), default=None)


def _right(one: Asked) -> bool | None:
    for measure in RIGHT_BY:
        value = measure.score(one).value
        if value is not None:
            return value == 1.0
    return None


def risk_coverage(found: Sequence[Outcome]) -> list[Point]:
    """The risk-coverage curve, most confident first (El-Yaniv and Wiener 2010); one point a distinct confidence."""
    ordered = sorted(found, key=lambda pair: -pair[0])
    points: list[Point] = []
    wrong = 0
    for count, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if count == len(ordered) or ordered[count][0] < confidence:
            points.append(Point(confidence, count / len(ordered), wrong / count))
    return points


def area_under(points: Sequence[Point]) -> float:
    """AURC, the mean risk over coverages (Geifman and El-Yaniv 2017), 0 best."""
    area, before = 0.0, 0.0
    for point in points:
        area += point.risk * (point.coverage - before)
        before = point.coverage
    return area


def most_at_risk(points: Sequence[Point], risk: float) -> Point | None:
    """The point that answers most with at most ``risk`` wrong; None where no threshold does."""
    return max((point for point in points if point.risk <= risk), key=lambda point: point.coverage, default=None)


def calibration(found: Sequence[Outcome], bins: int = 10) -> list[Bin]:
    """Equally wide bins of confidence, empty ones left out (Guo et al. 2017)."""
    kept: dict[int, list[Outcome]] = {}
    for confidence, right in found:
        kept.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    return [_bin(pairs) for _, pairs in sorted(kept.items())]


def _bin(pairs: Sequence[Outcome]) -> Bin:
    share = wilson(sum(right for _, right in pairs), len(pairs))
    return Bin(sum(c for c, _ in pairs) / len(pairs), share.value, len(pairs), share.low, share.high)


def calibration_error(found: Sequence[Bin]) -> float:
    """Expected calibration error: mean gap between confidence and share right, weighted by count, 0 best."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.confidence - one.right) for one in found) / total if total else 0.0


def brier(found: Sequence[Outcome]) -> float:
    """Mean squared gap between confidence and outcome, 0 best (Brier 1950); of at least one answer."""
    return sum((confidence - right) ** 2 for confidence, right in found) / len(found)


def separation(found: Sequence[Outcome]) -> float | None:
    """The chance that a right answer is more confident than a wrong one, 0.5 for none; None where all are alike."""
    rights = [right for _, right in found]
    return auroc([confidence for confidence, _ in found], rights) if any(rights) and not all(rights) else None
