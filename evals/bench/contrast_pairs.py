"""Score the contrast pairs: ``python -m evals.bench.contrast_pairs --data ../shared/data --squad train-v1.1.json``.

Each question has a sentence that answers it and one, different in a few words, that leaves it open
(``rag.evidence.training.written_questions``); each claim has a text that supports it and one that does not
(``written_claims``). Per method, the table has the AUROC over all texts and the share of questions or claims whose
right text scores higher, with 95 % bootstraps over articles; the "supports" task scores questions too, as claims.
Weights that were trained on these pairs (``--written``) are measured on the held-out articles with ``--held-out``.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np

from evals.bench.evidence_baselines import Cosine, Method, Overlap, Trained
from evals.bench.evidence_figures import Figure, Scored, area, figure, mean
from rag.evidence.training.curriculum import is_held_out
from rag.evidence.training.passages import Passage, both_texts, load_passages
from rag.evidence.training.written_claims import ClaimPair, evidence_for, load_claims
from rag.evidence.training.written_questions import Written, both_passages, load_questions

T = TypeVar("T")


def question_scores(
    method: Method, questions: Sequence[Written], passages: Sequence[Sequence[Passage]]
) -> dict[str, list[float]]:
    """Scores of the answering and the other sentence of each question in turn, by task."""
    answers: list[float] = []
    claims: list[tuple[str, str]] = []
    for written, both in zip(questions, passages, strict=True):
        answers += method.answers(written.question, [passage.sentences[written.sentence] for passage in both])
        claims += [(written.question, passage.with_sentence_before(written.sentence)) for passage in both]
    return {"answers": answers, "supports": method.supported(claims)}


def claim_scores(method: Method, pairs: Sequence[ClaimPair], passages: Mapping[str, Passage]) -> list[float]:
    """Scores of each claim in turn, two a pair, with the text that supports it and with the other."""
    asked: list[tuple[str, str]] = []
    for pair in pairs:
        published, after = both_texts(pair.passage, pair.sentence, pair.edits, passages)
        for claim, texts in ((pair.first, (published, after)), (pair.second, (after, published))):
            asked += [(claim, evidence_for(claim, text.sentences, pair.sentence)) for text in texts]
    return method.supported(asked)


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
    parser.add_argument("--sample", type=int, help="thin the questions, and the claims, evenly to about this many")
    options = parser.parse_args(arguments)
    published = load_passages(options.data, options.squad)

    def chosen(places: Iterable[T], key: Callable[[T], str]) -> list[T]:
        kept = [one for one in places if not options.held_out or is_held_out(published[key(one)].group)]
        return kept[:: max(1, len(kept) // options.sample) if options.sample else 1]

    questions = chosen(load_questions(), lambda one: one.passage)
    claims = chosen((pair for pair in load_claims() if not pair.both), lambda one: one.passage)
    passages = [both_passages(written, published) for written in questions]
    question_groups = [both[0].group for both in passages]
    claim_groups = [group for pair in claims for group in [published[pair.passage].group] * 2]
    methods: dict[str, Method] = {"evidence": Trained(options.weights), "cosine": Cosine(), "overlap": Overlap()}
    print(f"{len(questions)} questions and {2 * len(claims)} claims, two texts each: AUROC, share in the right order")
    for name, method in methods.items():
        for task, scores in question_scores(method, questions, passages).items():
            separated, ordered = figures_of(scores, question_groups)
            print(f"{name:9} questions, {task:9} {separated}  {ordered}", flush=True)
        separated, ordered = figures_of(claim_scores(method, claims, published), claim_groups)
        print(f"{name:9} claims               {separated}  {ordered}", flush=True)


if __name__ == "__main__":
    main()
