"""Score the written questions: ``python -m evals.bench.contrast_pairs --data ../shared/data --squad train-v1.1.json``.

Each question has a sentence that answers it and one, different in a few words, that leaves it open
(``rag.evidence.training.written``). Per method, the table has the AUROC over all sentences and the share of questions
whose answering sentence scores higher, for both tasks of the evidence model, with 95 % bootstraps over articles.
Weights that were trained on these questions (``--written``) are measured on the held-out articles with ``--held-out``.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from evals.bench.evidence_baselines import Cosine, Method, Overlap, Trained
from evals.bench.evidence_figures import Figure, Scored, area, figure, mean
from rag.evidence.training.curriculum import is_held_out
from rag.evidence.training.passages import Passage
from rag.evidence.training.written import Written, both_passages, load_passages, load_questions


def scores_of(
    method: Method, questions: Sequence[Written], passages: Sequence[Sequence[Passage]]
) -> dict[str, list[float]]:
    """Scores of the answering and the other sentence of each question in turn, by task."""
    answers: list[float] = []
    claims: list[tuple[str, str]] = []
    for written, both in zip(questions, passages, strict=True):
        answers += method.answers(written.question, [passage.sentences[written.sentence] for passage in both])
        claims += [(written.question, passage.with_sentence_before(written.sentence)) for passage in both]
    return {"answers": answers, "supports": method.supported(claims)}


def figures_of(scores: Sequence[float], groups: Sequence[str]) -> tuple[Figure, Figure]:
    """AUROC, and the share of questions whose first score is higher than the second."""
    pairs = np.array(scores).reshape(-1, 2)
    separated = Scored(pairs.ravel(), np.tile([1.0, 0.0], len(pairs)), tuple(np.repeat(groups, 2)))
    higher = Scored((pairs[:, 0] > pairs[:, 1]).astype(float), np.zeros(len(pairs)), tuple(groups))
    return figure(separated, area), figure(higher, mean)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1's train-v1.1.json")
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument("--held-out", action="store_true", help="only the articles held out of training")
    parser.add_argument("--sample", type=int, help="thin the questions evenly to about this many")
    options = parser.parse_args(arguments)
    published = load_passages(options.data, options.squad)
    questions = list(load_questions())
    if options.held_out:
        questions = [one for one in questions if is_held_out(published[one.passage].group)]
    questions = questions[:: max(1, len(questions) // options.sample) if options.sample else 1]
    passages = [both_passages(written, published) for written in questions]
    groups = [both[0].group for both in passages]
    methods: dict[str, Method] = {"evidence": Trained(options.weights), "cosine": Cosine(), "overlap": Overlap()}
    print(f"{len(questions)} questions, each with two sentences: AUROC, share in the right order")
    for name, method in methods.items():
        for task, scores in scores_of(method, questions, passages).items():
            separated, ordered = figures_of(scores, groups)
            print(f"{name:9} {task:9} {separated}  {ordered}", flush=True)


if __name__ == "__main__":
    main()
