"""Evaluate the evidence model: ``python -m evals.bench.evidence_report --data ../shared/data``.

Uses every set with human labels, or half of a set, that was not trained on. The baselines are cosine, BM25, lexical
overlap and the same network before training. Intervals are 95 % percentile bootstraps over clusters (article, question
or conversation). ``--json FILE`` saves the figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean

import numpy as np

from evals.bench.evidence_baselines import Bm25, Cosine, Method, Overlap, Trained, Untrained
from evals.bench.evidence_figures import (
    Figure,
    Scored,
    area,
    balanced_accuracy_at,
    best_threshold,
    correlation,
    figure,
    mean,
    mean_figure,
)
from evals.bench.evidence_sets import Ranking, Shortlist, claim_sets, news_rankings, squad_rankings, trec_rankings
from evals.formats.base import JudgeSet
from rag.evidence.windows import sentences_of
from rag.ports import Scorer
from rag.rerank import RetrievalOrder, ScoredOrder
from rag.settings_sections import Search

MEAN_OF = ("qags", "wice", "attributionbench", "fib")
METHODS = ("evidence", "cosine", "bm25", "overlap", "untrained")

Line = tuple[str, str, dict[str, Figure]]
"""Name of the set, name of the method, and the figures by measure."""


def judged(method: Method, found: JudgeSet) -> Scored:
    """Score each item: the minimum over the sentences of its claim, or the mean if the gold labels are ratings."""
    parts = [sentences_of(item.pair.claim) or [item.pair.claim] for item in found.items]
    pairs = [(s, "\n".join(item.pair.evidence)) for item, some in zip(found.items, parts, strict=True) for s in some]
    scores = iter(method.supported(pairs))
    pooled = fmean if is_rated(found) else min
    gold = [float(item.rating if item.supported is None else item.supported) for item in found.items]  # type: ignore[arg-type]
    values = [pooled([next(scores) for _ in some]) for some in parts]
    return Scored(np.array(values), np.array(gold), tuple(item.cluster for item in found.items))


def is_rated(found: JudgeSet) -> bool:
    """Whether the gold labels are ratings, not verdicts."""
    return all(item.rating is not None for item in found.items)


def claim_lines(
    data: Path, methods: dict[str, Method], wanted: set[str], threshold: float, most: int | None
) -> Iterator[Line]:
    """Yield the figures of every claim set, and the mean over the sets in ``MEAN_OF``.

    ``most`` thins each set evenly to about that many items; None uses all.
    """
    of_four: dict[str, list[Scored]] = {name: [] for name in methods}
    for name, found in claim_sets(data).items():
        if wanted and name not in wanted:
            continue
        step = max(1, len(found.items) // most) if most else 1
        some = JudgeSet(found.name, found.items[::step])
        for method, judge in methods.items():
            scored = judged(judge, some)
            if is_rated(some):
                yield name, method, {"spearman": figure(scored, correlation)}
                continue
            if name in MEAN_OF:
                of_four[method].append(scored)
            best = balanced_accuracy_at(best_threshold(scored.scores, scored.gold))
            figures = {"auroc": figure(scored, area), "at best threshold": figure(scored, best)}
            if method == "evidence":
                figures["balanced accuracy"] = figure(scored, balanced_accuracy_at(threshold))
            yield name, method, figures
    for method, sets in of_four.items():
        if len(sets) == len(MEAN_OF):
            best_each = [(s, balanced_accuracy_at(best_threshold(s.scores, s.gold))) for s in sets]
            figures = {"auroc": mean_figure([(s, area) for s in sets]), "at best threshold": mean_figure(best_each)}
            if method == "evidence":
                figures["balanced accuracy"] = mean_figure([(s, balanced_accuracy_at(threshold)) for s in sets])
            yield "mean of four", method, figures


def first_right(method: Method, rankings: Sequence[Ranking]) -> list[int]:
    """For each question, the rank (from 1) of the first right text in the method's order; 0 if there is none."""
    ranks = []
    for ranking in rankings:
        order = np.argsort(-np.array(method.answers(ranking.question, ranking.texts)), kind="stable")
        ranks.append(next((rank for rank, place in enumerate(order, 1) if int(place) in ranking.right), 0))
    return ranks


def _figures(ranks: Sequence[int], rankings: Sequence[Ranking]) -> dict[str, Figure]:
    clusters = tuple(ranking.cluster for ranking in rankings)
    unused = np.zeros(len(ranks))  # hit@1 and MRR have no gold labels
    hits = Scored(np.array([float(rank == 1) for rank in ranks]), unused, clusters)
    reciprocal = Scored(np.array([1 / rank if rank else 0.0 for rank in ranks]), unused, clusters)
    return {"hit@1": figure(hits, mean), "MRR": figure(reciprocal, mean)}


def _ranked(method: Method, rankings: Sequence[Ranking]) -> dict[str, Figure]:
    return _figures(first_right(method, rankings), rankings)


def chain_lines(rankings: Sequence[Ranking], scorer: Scorer) -> Iterator[Line]:
    """Yield the figures of two stages of the pipeline: after search and recency, and after reranking."""
    depth = Search().reranked
    for name, order in (("found", RetrievalOrder()), ("reranked", ScoredOrder(scorer, depth))):
        ranks = []
        for ranking in rankings:
            right = {ranking.found[place].chunk.id for place in ranking.right}
            passages = order.rank(ranking.question, ranking.found, len(ranking.found))
            ranks.append(next((p.number for p in passages if p.chunk.id in right), 0))
        yield "realtimeqa", name, _figures(ranks, rankings)


def _answerable(method: Method, rankings: Sequence[Ranking]) -> dict[str, Figure]:
    return _separation([max(method.answers(r.question, r.texts)) for r in rankings], rankings)


def borne_out(model: Trained, rankings: Sequence[Ranking]) -> dict[str, Figure]:
    """Figures for telling answerable questions by both heads.

    The "answers" head picks the best sentence. The "supports" head then scores the question, read as a claim, with that
    sentence and the one before it as evidence.
    """
    pairs = []
    for ranking in rankings:
        neighbours = [pair for text in ranking.texts for pair in pairwise(("", *sentences_of(text)))]
        scores = model.answers(ranking.question, [sentence for _, sentence in neighbours])
        before, best = neighbours[int(np.argmax(scores))]
        pairs.append((ranking.question, f"{before} {best}".strip()))
    return _separation(model.supported(pairs), rankings)


def _separation(scores: Sequence[float], rankings: Sequence[Ranking]) -> dict[str, Figure]:
    gold = np.array([float(bool(ranking.right)) for ranking in rankings])
    scored = Scored(np.array(scores), gold, tuple(ranking.cluster for ranking in rankings))
    best = balanced_accuracy_at(best_threshold(scored.scores, scored.gold))
    return {"auroc": figure(scored, area), "at best threshold": figure(scored, best)}


def question_lines(data: Path, methods: dict[str, Method], wanted: set[str], archive: Path | None) -> Iterator[Line]:
    """Yield the figures of every question set. ``archive``: the RealTimeQA archive; None leaves that set out."""
    shortlist = Shortlist()
    sets: dict[
        str, tuple[Callable[[], Iterator[Ranking]], Callable[[Method, Sequence[Ranking]], dict[str, Figure]]]
    ] = {
        "trecqa": (lambda: trec_rankings(data), _ranked),
        "squad2": (lambda: squad_rankings(data, shortlist, 10), _answerable),
    }
    if archive:
        sets["realtimeqa"] = (lambda: news_rankings(data, archive, 40), _ranked)
    for name, (read, measured) in sets.items():
        if not wanted or name in wanted:
            rankings = list(read())
            for method, judge in methods.items():
                yield name, method, measured(judge, rankings)
            trained = methods.get("evidence")
            if rankings[0].found and isinstance(trained, Trained):
                yield from chain_lines(rankings, trained.model)
            if name == "squad2" and isinstance(trained, Trained):
                yield name, "borne out", borne_out(trained, rankings)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument(
        "--threshold", type=float, default=0.5, help="probability at or above which a claim counts as supported"
    )
    parser.add_argument("--only", nargs="*", default=[], help="names of the sets to use; all by default")
    parser.add_argument("--methods", nargs="*", default=METHODS, help="methods to compare; all by default")
    parser.add_argument("--sample", type=int, help="thin each claim set to about this many")
    parser.add_argument("--archive", type=Path, help="archive of the RealTimeQA articles, needed for that set")
    parser.add_argument("--json", type=Path, help="file for the figures")
    options = parser.parse_args(arguments)
    makers: dict[str, Callable[[], Method]] = {
        "evidence": lambda: Trained(options.weights),
        "cosine": Cosine,
        "bm25": Bm25,
        "overlap": Overlap,
        "untrained": Untrained,
    }
    methods = {name: makers[name]() for name in options.methods}
    wanted = set(options.only)
    saved: dict[str, dict[str, dict[str, list[float]]]] = {}

    def record(lines: Iterator[Line]) -> None:
        for name, method, figures in lines:
            plain = {measure: [f.value, f.low, f.high, f.n] for measure, f in figures.items()}
            saved.setdefault(name, {})[method] = plain
            shown = "  ".join(f"{measure} {value}" for measure, value in figures.items())
            print(f"{name:16} {method:9} n={next(iter(figures.values())).n:<5} {shown}", flush=True)

    record(question_lines(options.data, methods, wanted, options.archive))
    record(claim_lines(options.data, methods, wanted, options.threshold, options.sample))
    if options.json:
        options.json.write_text(json.dumps(saved, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
