"""What the chatbot's own confidence is worth: risk against coverage, and calibration.

An answer's confidence is that of its least certain claim (``claims[].verdict.score``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.measures.answer_in_quotes import ANSWER_IN_QUOTES
from evals.measures.base import Asked
from evals.measures.refusal_recall import REFUSAL_RECALL
from evals.measures.relevant_cited import RELEVANT_CITED


@dataclass(frozen=True, slots=True)
class Point:
    """Answering only where confidence is at least ``threshold``: the share answered, and the share of those wrong."""

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence: mean confidence, share right, how many."""

    confidence: float
    right: float
    count: int


def outcomes(asked: Sequence[Asked]) -> list[tuple[float, bool]]:
    """Confidence and rightness of every answer that tells its confidence; answering what no article says is wrong."""
    found = []
    for one in asked:
        reply = one.reply
        scores = [claim.verdict.score for claim in reply.claims if claim.verdict] if reply and reply.answered else []
        right = _right(one)
        if scores and right is not None:
            found.append((min(scores), right))
    return found


def _right(one: Asked) -> bool | None:
    for measure in (ANSWER_IN_QUOTES, RELEVANT_CITED, REFUSAL_RECALL):
        value = measure.score(one).value
        if value is not None:
            return value == 1.0
    return None


def risk_coverage(found: Sequence[tuple[float, bool]]) -> list[Point]:
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


def calibration(found: Sequence[tuple[float, bool]], bins: int = 10) -> list[Bin]:
    """Equally wide bins of confidence, empty ones left out (Guo et al. 2017)."""
    kept: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in found:
        kept.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    return [
        Bin(sum(c for c, _ in pairs) / len(pairs), sum(r for _, r in pairs) / len(pairs), len(pairs))
        for _, pairs in sorted(kept.items())
    ]


def calibration_error(found: Sequence[Bin]) -> float:
    """Expected calibration error: mean gap between confidence and share right, weighted by count, 0 best."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.confidence - one.right) for one in found) / total if total else 0.0
