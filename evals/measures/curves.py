"""Quality of the chatbot's own confidence: risk-coverage curve and calibration.

An answer's confidence is the ``confidence`` of its reply, the probability that it is right. If no reply of a run has
one, the lowest ``claims[].verdict.score`` is used instead. That says less: a sentence may be supported by its
citations and still answer another question.
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
    """The effect of answering only from a confidence of ``threshold`` up.

    ``coverage`` is the share of answers kept, ``risk`` the share of those that are wrong, both 0 to 1.
    """

    threshold: float
    coverage: float
    risk: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers of similar confidence: their mean confidence, share right with Wilson's 95 % interval, and number."""

    confidence: float
    right: float
    count: int
    low: float
    high: float


RIGHT_BY = (ANSWER_IN_QUOTES, RELEVANT_CITED, REFUSAL_RECALL)
"""The first of these measures that applies decides whether a reply is right: it quotes a reference answer; without
reference answers, it cites a relevant article; and if no article answers the question, it refuses."""

Outcome = tuple[float, bool]
"""An answer's confidence, 0 to 1, and whether it is right."""


def outcomes(asked: Sequence[Asked]) -> tuple[str, list[Outcome]]:
    """The source of the confidence (``answers`` or ``claims``), and the outcome of every answer that has one.

    ``RIGHT_BY`` decides which answers are right.
    """
    given = any(one.reply and one.reply.answered and one.reply.confidence is not None for one in asked)
    found = []
    for one in asked:
        confidence = _confidence(one.reply, of_answers=given)
        right = _right(one)
        if confidence is not None and right is not None:
            found.append((confidence, right))
    return ("answers" if given else "claims"), found


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
    """The risk-coverage curve, most confident first, one point per distinct confidence (El-Yaniv and Wiener 2010)."""
    ordered = sorted(found, key=lambda pair: -pair[0])
    points: list[Point] = []
    wrong = 0
    for count, (confidence, right) in enumerate(ordered, start=1):
        wrong += not right
        if count == len(ordered) or ordered[count][0] < confidence:
            points.append(Point(confidence, count / len(ordered), wrong / count))
    return points


def area_under(points: Sequence[Point]) -> float:
    """AURC, the area under the risk-coverage curve, taken as a step function (Geifman et al. 2019). 0 is best."""
    area, before = 0.0, 0.0
    for point in points:
        area += point.risk * (point.coverage - before)
        before = point.coverage
    return area


def most_at_risk(points: Sequence[Point], risk: float) -> Point | None:
    """The point with the highest coverage at a risk of at most ``risk``; None if there is none."""
    return max((point for point in points if point.risk <= risk), key=lambda point: point.coverage, default=None)


def calibration(found: Sequence[Outcome], bins: int = 10) -> list[Bin]:
    """Reliability diagram: bins of equal width, without empty ones (Guo et al. 2017)."""
    kept: dict[int, list[Outcome]] = {}
    for confidence, right in found:
        kept.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    return [_bin(pairs) for _, pairs in sorted(kept.items())]


def _bin(pairs: Sequence[Outcome]) -> Bin:
    share = wilson(sum(right for _, right in pairs), len(pairs))
    return Bin(sum(c for c, _ in pairs) / len(pairs), share.value, len(pairs), share.low, share.high)


def calibration_error(found: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap of confidence and share right, weighted by count. 0 is best."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.confidence - one.right) for one in found) / total if total else 0.0


def brier(found: Sequence[Outcome]) -> float:
    """Mean squared difference of confidence and outcome over at least one answer (Brier 1950). 0 is best."""
    return sum((confidence - right) ** 2 for confidence, right in found) / len(found)


def separation(found: Sequence[Outcome]) -> float | None:
    """The probability that a right answer has a higher confidence than a wrong one (AUROC); 0.5 is chance.

    None if all answers are right or all are wrong.
    """
    rights = [right for _, right in found]
    return auroc([confidence for confidence, _ in found], rights) if any(rights) and not all(rights) else None
