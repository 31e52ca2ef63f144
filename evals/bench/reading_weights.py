"""What the reader's clues weigh: ``python -m evals.bench.reading_weights --data ../shared/data``.

Fits the weights of ``rag.clues`` by logistic regression on questions that training held out and, with ``--archive`` of
RealTimeQA's articles, on its shared half, whose passages are news with headlines. Prints how well they do on questions
left out of the fit (six folds): how often the likeliest sentence is one that answers, and how well its probability
tells answered questions from the others. The confidence under which a fifth of the answered ones lie is the threshold.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from evals.bench.evidence_figures import Scored, area, figure, mean
from evals.bench.reading_pools import Pool, news_pools, pools
from index.embedding import load_embedder
from rag.clues import ClueJudge, Clues, ClueWeights
from rag.evidence.model import EvidenceModel
from rag.extractive import fit_to_answer
from rag.odds import logistic
from rag.remembering import RememberingScorer

FOLDS = 6


@dataclass(frozen=True, slots=True)
class Judged:
    """The clues of a pool's sentences, shape (n, clues), and which of them answer, shape (n,).

    ``is_paired``: the question is there with and without what answers it, so abstaining can be learned from it.
    """

    question: str
    clues: np.ndarray
    right: np.ndarray
    is_answered: bool
    is_paired: bool


def judged(found: Pool, judge: ClueJudge, *, is_paired: bool) -> Judged | None:
    """The clues of a pool as the reader would see them; None where it would look at no sentence."""
    clues = judge.clues(found.question, fit_to_answer(found.question, found.passages), found.passages)
    if not clues:
        return None
    rows = np.array([astuple(one) for one in clues.values()])
    right = np.array([found.is_right(sentence.passage, sentence.text) for sentence in clues])
    return Judged(found.question, rows, right, bool(found.right), is_paired)


def fit_weights(some: Sequence[Judged]) -> ClueWeights:
    """Both regressions, the second on the best sentence of each pool that comes with and without what answers."""
    clues = np.concatenate([one.clues for one in some])
    first = LogisticRegression(C=10.0, max_iter=5000).fit(clues, np.concatenate([one.right for one in some]))
    weights, offset = first.coef_[0], float(first.intercept_[0])
    paired = [one for one in some if one.is_paired]
    best = np.array([[float((one.clues @ weights + offset).max())] for one in paired])
    second = LogisticRegression(C=10.0).fit(best, [one.is_answered for one in paired])
    slope, shift = float(second.coef_[0][0]), float(second.intercept_[0])
    return ClueWeights(tuple(round(float(w), 3) for w in weights), round(offset, 3), (round(slope, 3), round(shift, 3)))


def left_out(some: Sequence[Judged]) -> Iterator[tuple[Judged, float, bool]]:
    """Each pool with its confidence and whether its likeliest sentence answers, by weights fitted without it."""
    questions = sorted({one.question for one in some})
    fold = {question: place % FOLDS for place, question in enumerate(questions)}
    for number in range(FOLDS):
        weights = fit_weights([one for one in some if fold[one.question] != number])
        for one in some:
            if fold[one.question] == number:
                scores = one.clues @ np.array(weights.clues) + weights.offset
                slope, shift = weights.best
                yield one, logistic(slope * float(scores.max()) + shift), bool(one.right[int(scores.argmax())])


def report(some: Sequence[Judged]) -> None:
    """How well the clues do on questions left out of the fit."""
    results = list(left_out(some))
    hits = [(one, right) for one, _, right in results if one.right.any()]
    zeros = np.zeros(len(hits))
    first = Scored(np.array([float(right) for _, right in hits]), zeros, tuple(one.question for one, _ in hits))
    paired = [(one, confidence) for one, confidence, _ in results if one.is_paired]
    gold = np.array([float(one.is_answered) for one, _ in paired])
    told = Scored(np.array([c for _, c in paired]), gold, tuple(one.question for one, _ in paired))
    print(f"{len(some)} pools, {len(hits)} with an answering sentence among those looked at")
    print(f"likeliest sentence answers: {figure(first, mean)}; answered or not, AUROC: {figure(told, area)}")
    print(f"a fifth of the answered ones have a confidence under {np.quantile(told.scores[gold > 0], 0.2):.3f}")


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument("--archive", type=Path, help="archive of the RealTimeQA articles")
    options = parser.parse_args(arguments)
    judge = ClueJudge(RememberingScorer(EvidenceModel.load(options.weights)), load_embedder())
    found = [(pool, True) for pool in pools(options.data)]
    if options.archive:
        found += [(pool, False) for pool in news_pools(options.data, options.archive)]
    some = [one for one in (judged(pool, judge, is_paired=paired) for pool, paired in found) if one is not None]
    report(some)
    weights = fit_weights(some)
    for field, weight in zip(fields(Clues), weights.clues, strict=True):
        print(f"{field.name:10} {weight:8.3f}")
    print(weights)


if __name__ == "__main__":
    main()
