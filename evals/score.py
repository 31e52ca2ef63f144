"""Scores a run: every measure on every case, summarised with intervals. The chatbot is not asked again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evals.folder import RunFolder
from evals.judging import judged
from evals.measures.all import MEASURES
from evals.measures.base import Asked, Measure
from evals.measures.claims import pairs_to_judge
from evals.statistics.bootstrap import Sample, interval
from evals.types import Case, Judge, Judgement, Pair, Score, Summary

FEWEST = 5
"""Minimum number of measured cases for the summary of a tag; below that an interval says next to nothing."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A scored run.

    ``scores`` maps measure and case id to a score, ``summaries`` maps measures to summaries over all cases, and
    ``by_tag`` maps tags and measures to summaries over the tag's cases. ``judge`` is the judge's name.
    """

    asked: tuple[Asked, ...]
    scores: Mapping[str, Mapping[str, Score]]
    summaries: Mapping[str, Summary]
    by_tag: Mapping[str, Mapping[str, Summary]]
    judge: str | None


def score_run(folder: RunFolder, judge: Judge | None, measures: Sequence[Measure] = MEASURES) -> Scored:
    """Score every case that has a record. Without a judge, the judged measures are unmeasured."""
    cases, records, articles = folder.cases(), folder.records(), folder.articles()
    verdicts: Mapping[Pair, Judgement] | None = None
    if judge is not None:
        replies = [record.reply for record in records.values() if record.reply]
        verdicts = judged((pair for reply in replies for pair in pairs_to_judge(reply)), judge, folder.path)
    asked = tuple(
        Asked(case, record.reply, record.failure, record.seconds, articles, verdicts)
        for case in cases
        if (record := records.get(case.id))
    )
    return score_asked(asked, judge.name if judge else None, measures)


def score_asked(asked: Sequence[Asked], judge: str | None, measures: Sequence[Measure] = MEASURES) -> Scored:
    """Score cases that are already paired with their replies; ``judge`` is the judge's name."""
    scores = {m.name: {a.case.id: m.score(a) for a in asked} for m in measures}
    cases = [a.case for a in asked]
    tags = sorted({tag for case in cases for tag in case.tags if ":" not in tag})
    tagged = {tag: [case for case in cases if tag in case.tags] for tag in tags}
    return Scored(
        tuple(asked),
        scores,
        {name: summarise(found, cases) for name, found in scores.items()},
        {tag: _slice(scores, of_tag) for tag, of_tag in tagged.items()},
        judge,
    )


def _slice(scores: Mapping[str, Mapping[str, Score]], cases: Sequence[Case]) -> dict[str, Summary]:
    found = {name: summarise(of_case, cases) for name, of_case in scores.items()}
    return {name: summary for name, summary in found.items() if summary.measured >= FEWEST}


def summarise(scores: Mapping[str, Score], cases: Sequence[Case]) -> Summary:
    """Summarise one measure over ``cases``."""
    reasons = Counter(scores[case.id].reason for case in cases)
    reasons.pop(None, None)
    sample = sample_of(scores, cases)
    value = interval(sample) if sample.values else None
    return Summary(value, len(sample.values), len(cases), {str(reason): n for reason, n in sorted(reasons.items())})


def sample_of(scores: Mapping[str, Score], cases: Iterable[Case]) -> Sample:
    """Values, weights and stories of the cases that could be measured."""
    found = [(score.value, score.weight, case.story) for case in cases if (score := scores[case.id]).value is not None]
    values, weights, stories = zip(*found, strict=True) if found else ((), (), ())
    return Sample(values, weights, stories)
