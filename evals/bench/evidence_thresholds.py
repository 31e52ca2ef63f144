"""Find thresholds for the evidence model: ``python -m evals.bench.evidence_thresholds --data ../shared/data``.

The thresholds in the settings come from this command. It uses only examples that training held out
(``rag.evidence.training.curriculum.split``), and no evaluation set. It also prints the expected calibration error (ten
bins).
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.bench.evidence_figures import Scored, area, balanced_accuracy_at, best_threshold, figure
from evals.bench.evidence_sets import Shortlist
from evals.measures.curves import calibration, calibration_error
from rag.evidence.data import read_articles, training_examples
from rag.evidence.examples import Example, Label, Task
from rag.evidence.model import EvidenceModel
from rag.evidence.training.claim_sets import read_lines
from rag.evidence.training.curriculum import is_held_out, split
from rag.evidence.windows import windows

NEAR_OUR_USE = frozenset({"news", "factcc_val", "frank_val", "cogensumm_val", "fib", "wice", "attributionbench"})
"""The sources of claim examples closest to how the model is used: news or articles as evidence."""


def asked_of_the_news(data: Path, model: EvidenceModel) -> Scored:
    """Score held-out quiz questions against news articles, with and without the text that answers them.

    The score is the maximum over the question's ten best windows.
    """
    pool = [run for sentences in read_articles(data) for run in windows(sentences, words=60, most=3)]
    shortlist = Shortlist()
    rows = [r for r in read_lines(data / "realtimeqa_train/questions.jsonl") if is_held_out(r["question"])]
    scores, gold, clusters = [], [], []
    for row in rows:
        answers = [answer.lower().strip("“”\"' ") for answer in row["answer"]]
        places = shortlist.places(row["question"], pool, 10)
        near = [pool[i] for i in places if not any(answer in pool[i].lower() for answer in answers)]
        for texts, answered in ((near, False), ([*near[:9], row["evidence"]], True)):
            if texts:
                scores.append(max(model.answers(row["question"], texts)))
                gold.append(float(answered))
                clusters.append(row["question"])
    return Scored(np.array(scores), np.array(gold), tuple(clusters))


def answers_of(model: EvidenceModel, examples: Sequence[Example]) -> Scored:
    """Score held-out question examples."""
    scores = [model.answers(e.first, [e.second])[0] for e in examples]
    return Scored(np.array(scores), np.array([float(e.label) for e in examples]), tuple(e.group for e in examples))


def supports_of(model: EvidenceModel, examples: Sequence[Example]) -> Scored:
    """Score held-out claim examples."""
    scores = [scores.supported for scores in model.supports([(e.first, e.second) for e in examples])]
    gold = [float(e.label == Label.SUPPORTED) for e in examples]
    return Scored(np.array(scores), np.array(gold), tuple(e.group for e in examples))


def show(name: str, scored: Scored) -> None:
    """Print AUROC, best threshold, balanced accuracy at it and at 0.5, and calibration."""
    threshold = best_threshold(scored.scores, scored.gold)
    at = figure(scored, balanced_accuracy_at(threshold))
    half = figure(scored, balanced_accuracy_at(0.5))
    bins = calibration(list(zip(scored.scores.tolist(), scored.labels.tolist(), strict=True)))
    print(f"{name}: n={at.n} AUROC {figure(scored, area)}, balanced accuracy {at} at {threshold:.2f}, {half} at 0.5")
    print(f"  calibration error {calibration_error(bins):.3f}; predicted -> observed (count): ", end="")
    print(", ".join(f"{b.confidence:.2f} -> {b.right:.2f} ({b.count})" for b in bins), flush=True)


def main() -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument("--most", type=int, default=1500, help="maximum number of examples per task")
    options = parser.parse_args()
    model = EvidenceModel.load(options.weights)
    _, held_out = split(training_examples(options.data, seed=1))
    random.Random(1).shuffle(held_out)  # noqa: S311  (shuffling, not secrets)
    claims = [e for e in held_out if e.task is Task.SUPPORTS]
    near = [e for e in claims if e.source in NEAR_OUR_USE]
    show("supports, all", supports_of(model, claims[: options.most]))
    show("supports, news and articles as evidence", supports_of(model, near[: options.most]))
    show("answers, all", answers_of(model, [e for e in held_out if e.task is Task.ANSWERS][: options.most]))
    show("answers, answerable from the articles or not", asked_of_the_news(options.data, model))


if __name__ == "__main__":
    main()
