"""Fit the reader's weights: ``python -m evals.bench.reading_weights --data ../shared/data --work out/reading``.

Fits the weights of ``rag.answer_features`` on held-out questions, each with and without the text that answers it
(``evals.bench.reading_pools``). It prints, cross-validated over questions:

- how often the best sentence answers;
- how well the confidence separates answered questions from each kind of unanswered ones, with and without each feature;
- the share of questions that each threshold refuses;
- the answers shown, by the minimum score of further sentences relative to the best one;
- hit@1 and MRR of reranking, by the weight of the search rank.
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
from rag.answer_features import AnswerFeatures, FeatureJudge, SentenceFeatures
from rag.evidence.model import EvidenceModel
from rag.extractive import Scored as Sentenced
from rag.extractive import choose
from rag.ports import Scorer
from rag.rerank import ScoredOrder
from rag.score_cache import CachedScorer
from rag.settings_sections import Search

THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
FEW = 10
"""A source needs at least this many answered and unanswered questions to be reported."""

RANK_WEIGHTS = (0.0, 0.3, 0.6, 0.9, 1.2, 1.6, 2.0, 3.0)
NEAR = (0.05, 0.1, 0.2, 0.3, 0.5, 1.1)


def report(judged_pools: Sequence[Judged]) -> None:
    """Print the cross-validated results of all features, and of all but one."""
    results = list(left_out(judged_pools))
    there = [one for one in results if one.judged.pool.kind is Kind.THERE]
    print(f"{len(results)} pools; best sentence answers: {mean(one.is_right for one in there):.3f} of {len(there)}")
    parts = [(scored, area) for kind in Kind if kind is not Kind.THERE for scored in _confidences(results, kind)]
    print(f"answered or not, mean AUROC over kinds and sources: {mean_figure(parts)}")
    print(f"{'':12}" + "".join(f"{kind.value:>12}" for kind in Kind if kind is not Kind.THERE))
    print(_areas("all", results))
    for field in (*fields(SentenceFeatures), *fields(AnswerFeatures)[1:]):
        print(_areas(f"no {field.name}", list(left_out(judged_pools, [field.name]))))
    _thresholds(results)
    _choices(there)


def _areas(name: str, results: Sequence[LeftOut]) -> str:
    """A line with the AUROC of answered against each kind of unanswered questions, averaged over sources."""
    line = f"{name:12}"
    for kind in Kind:
        if kind is not Kind.THERE:
            areas = [area(scored.scores, scored.gold) for scored in _confidences(results, kind)]
            line += f"{mean(areas):>12.3f}" if areas else f"{'too few':>12}"
    return line


def _confidences(results: Sequence[LeftOut], kind: Kind) -> Iterator[Scored]:
    """Yield, for each source, the confidences of its answered questions and its unanswered ones of a kind."""
    for source in sorted({one.judged.pool.source for one in results}):
        own = [one for one in results if one.judged.pool.source == source]
        both = [one for one in own if one.judged.pool.kind in {kind, Kind.THERE}]
        gold = np.array([float(one.judged.pool.is_answered) for one in both])
        if min(gold.sum(), len(gold) - gold.sum()) >= FEW:
            clusters = tuple(str(one.judged.pool.answers) for one in both)
            yield Scored(np.array([one.confidence for one in both]), gold, clusters)


def _thresholds(results: Sequence[LeftOut]) -> None:
    """Print the share of each kind and source with a confidence below each threshold."""
    groups: dict[tuple[str, str], list[float]] = {}
    for one in results:
        groups.setdefault((one.judged.pool.kind.value, one.judged.pool.source), []).append(one.confidence)
    print(f"\n{'refused below':22}" + "".join(f"{threshold:8}" for threshold in THRESHOLDS))
    for (kind, source), confidences in sorted(groups.items()):
        shares = [float(np.mean(np.array(confidences) < threshold)) for threshold in THRESHOLDS]
        print(f"{kind:12}{source:10}" + "".join(f"{share:8.3f}" for share in shares) + f"  of {len(confidences)}")


def _choices(there: Sequence[LeftOut]) -> None:
    """Print what is shown, by the minimum score of further sentences relative to the best one, and the word limit."""
    print("\nnear, words: answer shown, article cited, median words, mean sentences, share of sentences that answer")
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


def rank_weights(found: Sequence[Pool], scorer: Scorer) -> None:
    """Print hit@1 and MRR of reranking for several weights of the search rank (``rag.rerank.RANK_WEIGHT``)."""
    print("\nrank weight: hit@1 and MRR by source")
    for weight in RANK_WEIGHTS:
        line = f"{weight:6.1f}"
        order = ScoredOrder(scorer, Search().reranked, rank_weight=weight)
        for source in sorted({pool.source for pool in found}):
            places = [placed(pool, order) for pool in found if pool.source == source]
            ranks = [place for place in places if place]
            if len(ranks) >= FEW:
                line += f"  {source} {mean(r == 1 for r in ranks):.3f} {mean(1 / r for r in ranks):.3f} of {len(ranks)}"
        print(line)


def _article(one: LeftOut, scored: Sentenced) -> str:
    return one.judged.passages[scored.sentence.passage - 1].chunk.article_id


def _answers(one: LeftOut, scored: Sentenced) -> bool:
    """Whether the sentence, of any article, contains an answer."""
    text = scored.sentence.text.lower()
    return any(answer in text or text in answer for answer in one.judged.pool.answers)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder of the archives, created on the first run")
    parser.add_argument("--squad", type=Path, help="SQuAD 1.1's train-v1.1.json, to add its held-out questions")
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument("--every", type=int, default=1, help="use only every n-th question")
    options = parser.parse_args(arguments)
    evidence = EvidenceModel.load(options.weights)
    model = CachedScorer(evidence, most=500_000)
    order, judge = ScoredOrder(model, Search().reranked), FeatureJudge(model, evidence, load_embedder(batch_size=32))
    found = list(pools(options.data, options.work, options.squad, every=options.every))
    seen = [judged(pool, order, judge) for pool in found]
    report(seen)
    rank_weights(found, model)
    print(fit(seen))


if __name__ == "__main__":
    main()
