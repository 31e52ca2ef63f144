"""What the reader's clues weigh: ``python -m evals.bench.reading_weights --data ../shared/data --work out/reading``.

Fits the weights of ``rag.clues`` on questions that training held out, each with and without what answers it
(``evals.bench.reading_pools``). Prints, on questions left out of the fit: how often the likeliest sentence answers, how
well confidence tells answered questions from each kind of unanswered ones, with all clues and without each; what each
threshold refuses; what is shown for each choice of how near the best a further sentence must be; and where reranking
puts what answers, by how much the search's own order weighs.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from statistics import mean, median

import numpy as np

from evals.bench.evidence_figures import Scored, area, mean_figure
from evals.bench.reading_fit import Judged, LeftOut, fit, judged, left_out, placed
from evals.bench.reading_pools import Kind, Pool, pools
from index.embedding import load_embedder
from rag.clues import ClueJudge, Clues, Signs
from rag.evidence.model import EvidenceModel
from rag.extractive import Scored as Sentenced
from rag.extractive import choose
from rag.ports import Scorer
from rag.remembering import RememberingScorer
from rag.rerank import ScoredOrder

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
FEW = 10
RANK_WEIGHTS = (0.0, 0.3, 0.6, 0.9, 1.2, 1.6, 2.0, 3.0)
NEAR = (0.05, 0.1, 0.2, 0.3, 0.5, 1.1)


def report(some: Sequence[Judged]) -> None:
    """How well clues and signs do on questions left out of the fit."""
    results = list(left_out(some))
    there = [one for one in results if one.judged.pool.kind is Kind.THERE]
    print(
        f"{len(results)} pools; likeliest sentence answers: {mean(one.is_right for one in there):.3f} of {len(there)}"
    )
    parts = [(told, area) for kind in Kind if kind is not Kind.THERE for told in _told(results, kind)]
    print(f"answered or not, mean area over kinds and sources: {mean_figure(parts)}")
    print(f"{'':12}" + "".join(f"{kind.value:>12}" for kind in Kind if kind is not Kind.THERE))
    print(_areas("all", results))
    for field in (*fields(Clues), *fields(Signs)[1:]):
        print(_areas(f"no {field.name}", list(left_out(some, [field.name]))))
    _thresholds(results)
    _choices(there)


def _areas(name: str, results: Sequence[LeftOut]) -> str:
    """One line: the area under the ROC curve, answered against each kind of unanswered questions, mean over sources."""
    line = f"{name:12}"
    for kind in Kind:
        if kind is not Kind.THERE:
            areas = [area(told.scores, told.gold) for told in _told(results, kind)]
            line += f"{mean(areas):>12.3f}" if areas else f"{'too few':>12}"
    return line


def _told(results: Sequence[LeftOut], kind: Kind) -> Iterator[Scored]:
    """Confidences of each source's answered questions and of its unanswered ones of a kind."""
    for source in sorted({one.judged.pool.source for one in results}):
        own = [one for one in results if one.judged.pool.source == source]
        both = [one for one in own if one.judged.pool.kind in {kind, Kind.THERE}]
        gold = np.array([float(one.judged.pool.is_answered) for one in both])
        if min(gold.sum(), len(gold) - gold.sum()) >= FEW:
            names = tuple(str(one.judged.pool.answers) for one in both)
            yield Scored(np.array([one.confidence for one in both]), gold, names)


def _thresholds(results: Sequence[LeftOut]) -> None:
    """What part of each kind and source a threshold refuses."""
    told: dict[tuple[str, str], list[float]] = {}
    for one in results:
        told.setdefault((one.judged.pool.kind.value, one.judged.pool.source), []).append(one.confidence)
    print(f"\n{'refused under':22}" + "".join(f"{threshold:8}" for threshold in THRESHOLDS))
    for (kind, source), confidences in sorted(told.items()):
        shares = [float(np.mean(np.array(confidences) < threshold)) for threshold in THRESHOLDS]
        print(f"{kind:12}{source:10}" + "".join(f"{share:8.3f}" for share in shares) + f"  of {len(confidences)}")


def _choices(there: Sequence[LeftOut]) -> None:
    """What is shown, by how near the best one a further sentence must be."""
    print("\nnear, words: the answer is shown, its article is cited, words, sentences, share that answer")
    for near in NEAR:
        for words in (60, 75):
            shown = [(one, choose(one.ranked, one.judged.passages, most=3, words=words, near=near)) for one in there]
            shown = [(one, chosen) for one, chosen in shown if chosen]
            print(f"{near:5}{words:4}: " + _line(shown))


def _line(shown: Sequence[tuple[LeftOut, Sequence[Sentenced]]]) -> str:
    rights = [[_answers(one, scored) for scored in chosen] for one, chosen in shown]
    cited = [any(_article(one, scored) == one.judged.pool.own for scored in chosen) for one, chosen in shown]
    words = [sum(len(scored.sentence.text.split()) for scored in chosen) for _, chosen in shown]
    return (
        f"{mean(map(any, rights)):.3f} {mean(cited):.3f} {median(words):5.1f} {mean(map(len, rights)):.2f} "
        f"{sum(map(sum, rights)) / sum(map(len, rights)):.3f}"
    )


def rank_weights(some: Sequence[Pool], scorer: Scorer) -> None:
    """What the search's order should weigh in reranking (``rag.rerank.RANK_WEIGHT``), by where the answer ends up."""
    print("\nrank weight: hit@1 and MRR of each source's questions")
    for weight in RANK_WEIGHTS:
        line = f"{weight:6.1f}"
        order = ScoredOrder(scorer, rank_weight=weight)
        for source in sorted({pool.source for pool in some}):
            places = [placed(pool, order) for pool in some if pool.source == source]
            found = [place for place in places if place]
            if len(found) >= FEW:
                line += f"  {source} {mean(p == 1 for p in found):.3f} {mean(1 / p for p in found):.3f} of {len(found)}"
        print(line)


def _article(one: LeftOut, scored: Sentenced) -> str:
    return one.judged.passages[scored.sentence.passage - 1].chunk.article_id


def _answers(one: LeftOut, scored: Sentenced) -> bool:
    """An answer stands in the sentence, of whichever article."""
    text = scored.sentence.text.lower()
    return any(answer in text or text in answer for answer in one.judged.pool.answers)


def main(arguments: Sequence[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for the two archives, made once")
    parser.add_argument("--squad", type=Path, help="SQuAD 1.1's train-v1.1.json, asked about too")
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument("--every", type=int, default=1, help="only every so many questions, for a quick look")
    options = parser.parse_args(arguments)
    evidence = EvidenceModel.load(options.weights)
    model = RememberingScorer(evidence, most=500_000)
    order, judge = ScoredOrder(model), ClueJudge(model, evidence, load_embedder())
    asked = list(pools(options.data, options.work, options.squad, every=options.every))
    some = [judged(pool, order, judge) for pool in asked]
    report(some)
    rank_weights(asked, model)
    print(fit(some))


if __name__ == "__main__":
    main()
