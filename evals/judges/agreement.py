"""Agreement of a judge with people's labels, with intervals. A missing verdict counts as wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from evals.formats.base import JudgeSet, Labelled
from evals.statistics.bootstrap import Floats, Places, Sample, interval, resampled_statistic
from evals.statistics.ranks import auroc, spearman
from evals.statistics.rates import Confusion
from evals.types import Interval, Judgement, Pair
from rag.evidence.examples import Trained

FOLDS = 5

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measured:
    """A judge's agreement with one labelled set. What does not apply to the set is None.

    Attributes:
        suite: name of the set.
        items: number of claims.
        clusters: number of clusters (articles) they come from.
        no_verdict: number of claims without a verdict.
        confusion: counts of the judge's own decisions.
        balanced_accuracy: of the judge's own decisions.
        tuned: balanced accuracy at a threshold chosen on other articles (five-fold cross-validation), for comparison
            with published figures of scoring metrics, whose thresholds are tuned. Its interval takes the thresholds as
            given.
        auroc: of the judge's scores.
        spearman: rank correlation of its scores with people's ratings.
        choice: how often the right one of two competing claims scores higher, ties counting half. A claim without its
            rival (because the rival was trained on) does not count.
        kinds: for each kind of claim, the share judged correctly and the number of claims.
        training: whether the judge was trained on the set; None if unknown.
    """

    suite: str
    items: int
    clusters: int
    no_verdict: int
    confusion: Confusion | None = None
    balanced_accuracy: Interval | None = None
    tuned: Interval | None = None
    auroc: Interval | None = None
    spearman: Interval | None = None
    choice: Interval | None = None
    kinds: Mapping[str, tuple[Interval, int]] = field(default_factory=dict)
    training: Trained | None = None


def against(labelled: JudgeSet, found: Mapping[Pair, Judgement]) -> Measured:
    """Compare a judge's judgements with people's labels; ``found`` must hold every pair of the set."""
    items = labelled.items
    judgements = [found[item.pair] for item in items]
    rated = all(item.supported is None for item in items)
    given = [judgement.graded if rated else judgement.score for judgement in judgements]
    scored = [score for score in given if score is not None]
    scores = np.asarray(scored) if len(scored) == len(items) else None
    clusters = [item.cluster for item in items]
    silent = sum(judgement.support is None for judgement in judgements)
    base = Measured(labelled.name, len(items), len(set(clusters)), silent)
    if rated:
        return replace(base, spearman=_spearman(items, scores, clusters) if scores is not None else None)
    labels = np.asarray([bool(item.supported) for item in items])
    said = [not item.supported if j.support is None else j.supported for item, j in zip(items, judgements, strict=True)]
    decisions = np.asarray(said)
    base = replace(base, kinds=_kinds(items, decisions))
    if labels.all() or not labels.any():  # a small part of a set may hold one kind only
        return base
    base = replace(
        base,
        confusion=_confusion(labels, decisions),
        balanced_accuracy=_resampled(clusters, lambda at: balanced_accuracy(labels[at], decisions[at])),
    )
    if scores is None:
        return base
    tuned = _tuned_decisions(clusters, labels, scores)
    return replace(
        base,
        tuned=_resampled(clusters, lambda at: balanced_accuracy(labels[at], tuned[at])),
        auroc=_resampled(clusters, lambda at: auroc(scores[at], labels[at])),
        choice=_choice(items, scores) if labelled.choice else None,
    )


def balanced_accuracy(labels: Flags, decisions: Flags) -> float:
    """Mean of the shares of supported and of unsupported claims that are judged correctly.

    Raises:
        ValueError: there are no supported or no unsupported claims.
    """
    if labels.all() or not labels.any():
        raise ValueError("balanced accuracy needs supported and unsupported claims")
    return float((decisions[labels].mean() + (~decisions[~labels]).mean()) / 2)


def best_threshold(scores: Floats, labels: Flags) -> float:
    """The lowest score threshold for "supported" that maximises balanced accuracy."""
    candidates = np.unique(scores)
    hits = labels.sum() - np.searchsorted(np.sort(scores[labels]), candidates)
    rejections = np.searchsorted(np.sort(scores[~labels]), candidates)
    balanced = hits / max(1, labels.sum()) + rejections / max(1, (~labels).sum())
    return float(candidates[int(np.argmax(balanced))])


def _tuned_decisions(clusters: Sequence[str], labels: Flags, scores: Floats) -> Flags:
    """Decide each item at the threshold that is best on the articles of the other folds."""
    folds = np.asarray([int(sha256(cluster.encode()).hexdigest(), 16) % FOLDS for cluster in clusters])
    decisions = np.zeros(len(labels), dtype=bool)
    for fold in np.unique(folds):
        mine = folds == fold
        if (~mine).any():
            decisions[mine] = scores[mine] >= best_threshold(scores[~mine], labels[~mine])
    return decisions


def _confusion(labels: Flags, decisions: Flags) -> Confusion:
    return Confusion(
        hits=int((labels & decisions).sum()),
        misses=int((labels & ~decisions).sum()),
        alarms=int((~labels & decisions).sum()),
        rejections=int((~labels & ~decisions).sum()),
    )


def _spearman(items: Sequence[Labelled], scores: Floats, clusters: Sequence[str]) -> Interval:
    ratings = np.asarray([item.rating or 0.0 for item in items])
    return _resampled(clusters, lambda at: spearman(scores[at], ratings[at]))


def _choice(items: Sequence[Labelled], scores: Floats) -> Interval | None:
    """How often the right claim scores higher than its rivals; rivals share an id up to its last colon."""
    rivals: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        rivals.setdefault(item.id.rsplit(":", 1)[0], []).append(place)
    values, clusters = [], []
    for places in rivals.values():
        right = [scores[i] for i in places if items[i].supported]
        wrong = [scores[i] for i in places if not items[i].supported]
        if right and wrong:
            values.append(0.5 if max(right) == max(wrong) else float(max(right) > max(wrong)))
            clusters.append(items[places[0]].cluster)
    return interval(Sample(values, [1.0] * len(values), clusters)) if values else None


def _kinds(items: Sequence[Labelled], decisions: Flags) -> dict[str, tuple[Interval, int]]:
    found: dict[str, list[tuple[float, str]]] = {}
    for item, said in zip(items, decisions, strict=True):
        label = "supported" if item.supported else "not supported"
        kind = f"{item.kind} ({label})" if item.kind else label
        found.setdefault(kind, []).append((float(said == item.supported), item.cluster))
    return {
        kind: (interval(Sample([v for v, _ in pairs], [1.0] * len(pairs), [c for _, c in pairs])), len(pairs))
        for kind, pairs in sorted(found.items())
    }


def _resampled(clusters: Sequence[str], value: Callable[[Places], float]) -> Interval:
    """A statistic with its 95 % percentile interval from resampling whole clusters.

    Draws on which the statistic is undefined are left out.

    Raises:
        ValueError: the statistic is undefined on the whole set.
    """
    draws = resampled_statistic(clusters, value)
    defined = draws[~np.isnan(draws)]
    whole = value(np.arange(len(clusters)))
    low, high = np.quantile(defined, [0.025, 0.975]) if len(defined) else (whole, whole)
    return Interval(whole, float(low), float(high))
