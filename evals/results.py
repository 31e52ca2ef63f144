"""Writes and reads ``scores.json``, the input of gates, comparisons and reports.

Scoring the same run again gives the same bytes. Times are kept separately in ``timings.json``, because they never
repeat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.comparing import Marks
from evals.folder import RunFolder
from evals.json_files import read_json, write_json
from evals.judges.card import SHIPPED, card_path, pooled_confusion, read_card
from evals.measures.all import BY_NAME
from evals.measures.base import Asked
from evals.measures.claims import judged_share
from evals.measures.curves import (
    area_under,
    brier,
    calibration,
    calibration_error,
    most_at_risk,
    outcomes,
    risk_coverage,
    separation,
)
from evals.measures.latency import latencies
from evals.score import Scored, sample_of
from evals.statistics.bootstrap import SEED, plausible_means
from evals.statistics.rates import Confusion, corrected
from evals.types import Interval, Score, Summary

CARD = "judge_card.json"
DIGITS = 6
RISKS = (0.05, 0.1, 0.2)
"""Shares of wrong answers for which reports show the highest coverage."""
MEND = "`dateline eval score RUN` makes it"


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a run. ``stories`` maps case ids to stories; ``unasked`` counts cases without a record."""

    suite: str
    chatbot: str
    judge: str | None
    cases_digest: str
    stories: Mapping[str, str]
    marks: Marks
    summaries: Mapping[str, Mapping[str, Any]]
    unasked: int = 0

    @property
    def values(self) -> Mapping[str, Mapping[str, float]]:
        """Values by measure and case id, without cases that could not be measured."""
        return self.marks.values


def write_scores(folder: RunFolder, scored: Scored, cards: Path = SHIPPED) -> dict[str, Any]:
    """Write ``scores.json``, ``timings.json`` and, if there is one, the judge's card into a run's folder.

    ``cards`` is the folder of judges' cards. The content of ``scores.json`` is returned.
    """
    identity = folder.manifest()["identity"]
    card = read_card(card_path(scored.judge, cards)) if scored.judge else None
    if card:
        write_json(folder.path / CARD, card)
    else:
        (folder.path / CARD).unlink(missing_ok=True)  # of the judge that scored this run before
    value = {
        "suite": identity["suite"],
        "chatbot": identity["chatbot"],
        "judge": scored.judge,
        "cases_digest": identity["cases_digest"],
        "measures": _measures(scored, pooled_confusion(card)),
        "tags": {tag: {n: _summary(s) for n, s in found.items()} for tag, found in scored.by_tag.items()},
        "confidence": _confidence(scored),
        "failures": [
            {"id": one.case.id, "kind": one.failure.kind, "message": one.failure.message}
            for one in scored.asked
            if one.failure
        ],
        "unasked": len(folder.cases()) - len(scored.asked),
        "cases": {
            one.case.id: {
                "story": one.case.story,
                "scores": {name: _score(found[one.case.id]) for name, found in scored.scores.items()},
            }
            for one in scored.asked
        },
    }
    write_json(folder.path / "scores.json", value)
    timings = {one.step: _rounded(asdict(one)) for one in latencies(scored.asked)}
    write_json(folder.path / "timings.json", timings)
    return value


def _measures(scored: Scored, confusion: Confusion | None) -> dict[str, Any]:
    found = {}
    for name, summary in scored.summaries.items():
        found[name] = _summary(summary)
        if BY_NAME[name].verdicts and summary.value and confusion:
            found[name]["corrected"] = _corrected(summary.value, scored.scores[name], scored.asked, confusion)
    return found


def _corrected(
    value: Interval, scores: Mapping[str, Score], asked: Sequence[Asked], confusion: Confusion
) -> dict[str, float] | None:
    draws = plausible_means(sample_of(scores, [one.case for one in asked]))
    judged = judged_share(one.reply for one in asked if one.reply and scores[one.case.id].value is not None)
    found = corrected(value.value, draws, confusion, SEED, judged)
    return _rounded(asdict(found)) if found else None


def _summary(summary: Summary) -> dict[str, Any]:
    value = asdict(summary.value) if summary.value else {"value": None, "low": None, "high": None}
    counts = {"measured": summary.measured, "cases": summary.cases, "missing": dict(summary.missing)}
    return {**_rounded(value), **counts}


def _score(score: Score) -> dict[str, Any]:
    if score.value is None:
        return {"value": None, "reason": score.reason}
    return {"value": round(score.value, DIGITS), "weight": score.weight}


def _confidence(scored: Scored) -> dict[str, Any]:
    source, found = outcomes(scored.asked)
    points, bins = risk_coverage(found), calibration(found)
    best = {f"{risk:g}": most_at_risk(points, risk) for risk in RISKS}
    summary = {
        "aurc": area_under(points) if points else None,
        "calibration_error": calibration_error(bins) if bins else None,
        "brier": brier(found) if found else None,
        "separation": separation(found),
    }
    return {
        "source": source,
        "answers": len(found),
        **_rounded(summary),
        "at_risk": {risk: _rounded(asdict(point)) for risk, point in best.items() if point},
        "risk_coverage": [_rounded(asdict(point)) for point in points],
        "calibration": [_rounded(asdict(one)) for one in bins],
    }


def _rounded(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: round(value, DIGITS) if isinstance(value, float) else value for key, value in values.items()}


def read_scores(run: Path) -> Scores:
    """The scores in a run's folder.

    Raises:
        BadInput: the run was not scored.
    """
    found = read_json(run / "scores.json", MEND)
    values: dict[str, dict[str, float]] = {name: {} for name in found["measures"]}
    weights: dict[str, dict[str, float]] = {name: {} for name in found["measures"]}
    for case_id, case in found["cases"].items():
        for name, score in case["scores"].items():
            if score["value"] is not None:
                values[name][case_id], weights[name][case_id] = score["value"], score["weight"]
    return Scores(
        found["suite"],
        found["chatbot"],
        found["judge"],
        found["cases_digest"],
        {case_id: case["story"] for case_id, case in found["cases"].items()},
        Marks(values, weights, frozenset(found["cases"])),
        found["measures"],
        found["unasked"],
    )
