"""Calibration of the evidence model: ``python -m evals.bench.evidence_thresholds --data ../shared/data --squad train-v1.1.json``.

For each kind of example that training held out (``rag.evidence.training.curriculum.split``), prints the AUROC, the best
threshold with the balanced accuracy at it and at 0.5, the expected calibration error (ten bins) and the reliability.
No evaluation set is used.
"""  # noqa: E501  (the command stays on one line)

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from evals.bench.evidence_figures import Scored, area, balanced_accuracy_at, best_threshold, figure
from evals.measures.curves import calibration, calibration_error
from rag.evidence.data import training_examples
from rag.evidence.examples import Example, Label, Task
from rag.evidence.model import WEIGHTS
from rag.evidence.train import probabilities_of
from rag.evidence.training.curriculum import split
from rag.evidence.training.hard_examples import PEOPLE
from rag.evidence.training.passages import load_passages
from rag.evidence.training.written_claims import claim_examples
from rag.evidence.training.written_questions import question_examples

SEED = 7
"""Seed of the last run of `make train`, which decides how the examples are drawn."""

WRITTEN = frozenset({"written", "claims"})
"""The sources of the contrast pairs."""

KINDS: tuple[tuple[str, Task, Callable[[str], bool]], ...] = (
    ("supports, all kinds but contrast pairs", Task.SUPPORTS, lambda source: source not in WRITTEN),
    ("supports, news and articles as evidence", Task.SUPPORTS, lambda source: source in {"news", *PEOPLE}),
    ("of these, human labels only", Task.SUPPORTS, lambda source: source in PEOPLE),
    ("supports, contrast pairs: questions", Task.SUPPORTS, lambda source: source == "written"),
    ("supports, contrast pairs: claims", Task.SUPPORTS, lambda source: source == "claims"),
    ("answers, all kinds but contrast pairs", Task.ANSWERS, lambda source: source not in WRITTEN),
    ("answers, news quiz", Task.ANSWERS, lambda source: source == "quiz"),
    ("answers, contrast pairs and sentences beside them", Task.ANSWERS, lambda source: source == "written"),
)
"""Name, task and sources of each row."""


def held_out_examples(data: Path, squad: Path) -> list[Example]:
    """All examples that training holds out."""
    passages = load_passages(data, squad)
    rng = random.Random(SEED)  # noqa: S311  (examples, not secrets)
    written = [*question_examples(passages, rng), *claim_examples(passages)]
    return split([*training_examples(data, SEED, squad=squad), *written])[1]


def rows(examples: Sequence[Example], chances: Sequence[float]) -> Iterator[tuple[str, Scored]]:
    """Each kind of example with its scores; an example supports or answers if its label is the task's positive one."""
    for name, task, is_source in KINDS:
        places = [i for i, e in enumerate(examples) if e.task is task and is_source(e.source)]
        positive = 1 if task is Task.ANSWERS else Label.SUPPORTED
        yield (
            name,
            Scored(
                np.array([chances[i] for i in places]),
                np.array([float(examples[i].label == positive) for i in places]),
                tuple(examples[i].group or examples[i].first for i in places),
            ),
        )


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
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1's train-v1.1.json")
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    options = parser.parse_args()
    examples = held_out_examples(options.data, options.squad)
    chances = probabilities_of(options.weights or WEIGHTS)(examples)
    for name, scored in rows(examples, chances):
        show(name, scored)


if __name__ == "__main__":
    main()
