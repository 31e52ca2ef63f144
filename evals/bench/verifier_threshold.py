"""Choose the threshold of the verifier: ``python -m evals.bench.verifier_threshold --data ../shared/data``.

Uses paraphrased sentences with human verdicts: the test set of CoGenSumm, and the held-out claims of FIB, WiCE,
AttributionBench, FactCC, FRANK and CoGenSumm; none of the evaluation halves. The whole verifier, rule-based checks and
model, checks each claim like a drafted sentence: its article is cut into passages and it cites the two most similar
ones. For each ``verifier.threshold``, the table gives the shares of unfaithful claims shown and of faithful claims
withheld, with 95 % intervals (Wilson). ``--trained-too`` adds claims that the model was trained on, which makes the
figures too good.

The model's scores are cached in ``--cache`` by the hash of its weights, so changed checks can be rerun without it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.formats import judge_sets
from evals.formats.base import JudgeSet
from evals.statistics.rates import wilson
from index.sentences import sentence_spans
from index.types import Chunk, Span
from rag.evidence.examples import is_for_reporting
from rag.evidence.model import WEIGHTS, EvidenceModel, SupportScores
from rag.evidence.training.claim_sets import read_lines, untokenized
from rag.evidence.training.curriculum import is_held_out
from rag.evidence.windows import overlaps
from rag.types import Passage, Sentence, Support
from rag.verify import EvidenceVerifier

THRESHOLDS = tuple(round(0.05 * n, 2) for n in range(6, 20))
PASSAGE_SENTENCES = 8  # about the size of a chunk
CITED = 2  # the most passages that a drafted sentence usually cites
UNSEEN = "cogensumm_test"  # not trained on at all
SUMMARIES = (UNSEEN, "factcc_val", "frank_val", "cogensumm_val")


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its article and human verdict, the set it comes from, and its group in the training split."""

    claim: str
    article: str
    faithful: bool
    source: str
    group: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verifier's result for a claim: shown if ``support`` reaches the threshold or it is ``verbatim``.

    ``support`` is the model's highest probability over the evidence, or 0 if a check objects. Verbatim sentences are
    shown at any threshold.
    """

    judged: Judged
    support: float
    verbatim: bool


class RememberingJudge:
    """The evidence model with its scores cached in a file; the model is loaded only if a score is missing."""

    def __init__(self, model: Callable[[], EvidenceModel], path: Path) -> None:
        self._make = model
        self._model: EvidenceModel | None = None
        self._path = path
        self._known: dict[str, list[float]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        self.best = 0.0

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        """The scores of the pairs. ``best`` is updated to the highest support since it was last set to 0."""
        keys = [hashlib.sha256("\0".join(pair).encode()).hexdigest()[:24] for pair in pairs]
        missing = [n for n, key in enumerate(keys) if key not in self._known]
        if missing:
            self._model = self._model or self._make()
            for n, one in zip(missing, self._model.supports([pairs[n] for n in missing]), strict=True):
                self._known[keys[n]] = [one.supported, one.refuted, one.not_enough_info]
        scores = [SupportScores(*self._known[key]) for key in keys]
        self.best = max([self.best, *(one.supported for one in scores)])
        return scores

    def save(self) -> None:
        """Write the cache file."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._known), "utf-8")


def claims(data: Path) -> Iterator[Judged]:
    """All claims of one sentence that have a verdict; of sets that are also evaluated on, only the training half."""
    for name in SUMMARIES:
        for row in read_lines(data / f"summac_val/{name}.jsonl"):
            claim = row["claim"].replace("\\'", "'")
            article = row["article"] if "article" in row else row["document"]
            yield from _single(Judged(claim, article, row["label"] == 1, name, article[:200]))
    for judged in (judge_sets.fib(data), judge_sets.wice(data), judge_sets.attributionbench(data)):
        yield from _training_half(judged)


def _training_half(judged: JudgeSet) -> Iterator[Judged]:
    for item in judged.items:
        article = "\n\n".join(item.pair.evidence)
        key = item.cluster if judged.choice else " ".join(item.pair.evidence)
        if not is_for_reporting(key) and item.supported is not None:
            claim, text = untokenized(item.pair.claim), untokenized(article)
            group = {"wice": claim, "fib": text[:200]}.get(judged.name, key[:200])
            yield from _single(Judged(claim, text, item.supported, judged.name, group))


def _single(one: Judged) -> Iterator[Judged]:
    """Yield the claim if it is a single sentence; a verdict on several does not tell which one is wrong."""
    if len(sentence_spans(one.claim)) == 1 and len(one.claim.split()) >= 5 and one.article.strip():
        yield one


def drawn(found: Sequence[Judged], most: int, seed: int = 1) -> list[Judged]:
    """Sample at most ``most`` distinct claims of each set and verdict."""
    rng = random.Random(seed)  # noqa: S311  (sampling, not secrets)
    groups: dict[tuple[str, bool], list[Judged]] = {}
    for one in dict.fromkeys(found):
        groups.setdefault((one.source, one.faithful), []).append(one)
    return [one for group in groups.values() for one in rng.sample(group, min(most, len(group)))]


def passages_of(article: str) -> list[Passage]:
    """Cut the article into passages of whole sentences, about as the pipeline would."""
    spans = sentence_spans(article)
    runs = [spans[at : at + PASSAGE_SENTENCES] for at in range(0, len(spans), PASSAGE_SENTENCES)]
    cuts = [Span(run[0].start, run[-1].end) for run in runs if run]
    return [
        Passage(number, Chunk(f"c{number}", "a", number, cut, cut.of(article)), 1.0)
        for number, cut in enumerate(cuts, start=1)
    ]


def outcome(judged: Judged, judge: RememberingJudge) -> Outcome:
    """Verify a claim that cites the ``CITED`` passages with the highest word overlap."""
    passages = passages_of(judged.article)
    scores = overlaps(judged.claim, [passage.chunk.text for passage in passages])
    cited = sorted(range(len(passages)), key=lambda i: (-scores[i], i))[:CITED]
    sentence = Sentence(judged.claim, tuple(passages[i].number for i in cited))
    judge.best = 0.0
    # With a threshold that cannot be reached, the verifier tries all evidence, so ``best`` is the true maximum.
    verdict = EvidenceVerifier(judge, needed=1.01).verify(sentence, passages).verdict
    return Outcome(judged, judge.best, verdict.support is Support.SUPPORTED)


def table(outcomes: Sequence[Outcome], title: str) -> str:
    """Format the shares shown and withheld, one line per threshold."""
    wrong = [one for one in outcomes if not one.judged.faithful]
    right = [one for one in outcomes if one.judged.faithful]
    lines = [f"{title}: {len(wrong)} unfaithful, {len(right)} faithful claims"]
    if not wrong or not right:
        return lines[0]
    stopped = [sum(not one.verbatim and one.support == 0 for one in group) / len(group) for group in (wrong, right)]
    lines.append(f"  stopped by checks alone: {stopped[0]:.1%} of unfaithful, {stopped[1]:.1%} of faithful")
    lines.append(f"  {'threshold':>9}  {'unfaithful shown':>24}  {'faithful withheld':>24}")
    for threshold in THRESHOLDS:
        let_through = wilson(sum(_is_shown(one, threshold) for one in wrong), len(wrong))
        withheld = wilson(sum(not _is_shown(one, threshold) for one in right), len(right))
        cells = [
            f"{100 * rate.value:6.1f} % ({100 * rate.low:4.1f}..{100 * rate.high:5.1f})"
            for rate in (let_through, withheld)
        ]
        lines.append(f"  {threshold:9.2f}  {cells[0]:>24}  {cells[1]:>24}")
    return "\n".join(lines)


def _is_shown(one: Outcome, threshold: float) -> bool:
    return one.verbatim or one.support >= threshold


def main() -> None:
    """Run the command line interface: print a table of all claims, and one per set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="weights of a training run instead of the packaged ones")
    parser.add_argument("--most", type=int, default=150, help="maximum number of claims per set and verdict")
    parser.add_argument("--trained-too", action="store_true", help="add claims that the model was trained on")
    parser.add_argument("--cache", type=Path, default=Path("out/verifier_threshold"), help="folder of cached scores")
    options = parser.parse_args()
    digest = hashlib.sha256((options.weights or WEIGHTS).read_bytes()).hexdigest()[:12]
    judge = RememberingJudge(lambda: EvidenceModel.load(options.weights), options.cache / f"{digest}.json")
    found = [one for one in claims(options.data) if options.trained_too or _is_unseen(one)]
    outcomes = []
    for number, one in enumerate(drawn(found, options.most), start=1):
        outcomes.append(outcome(one, judge))
        if number % 50 == 0:
            judge.save()
    judge.save()
    print(table(outcomes, f"all, weights {digest}"))
    for source in dict.fromkeys(one.judged.source for one in outcomes):
        print(table([one for one in outcomes if one.judged.source == source], source), flush=True)


def _is_unseen(one: Judged) -> bool:
    return one.source == UNSEEN or is_held_out(one.group)


if __name__ == "__main__":
    main()
