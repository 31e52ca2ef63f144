"""Where the verifier draws the line: ``python -m evals.bench.verifier_threshold --data ../shared/data``.

Sentences in other words, each with a verdict of people: CoGenSumm's test part, and what training held out of FIB, WiCE,
AttributionBench, FactCC, FRANK and CoGenSumm, nothing of the halves that are reported on. Each goes through the whole
verifier as a drafted sentence does, checks and model, against its article cut into passages, citing the nearest two.
For each ``verifier.threshold`` the share of unfaithful claims shown and of faithful ones withheld, with 95 % intervals
(Wilson). ``--trained-too`` adds claims the model has learned from: more of them, and too good to be true.

The model's answers are kept in ``--cache`` by its weights, so a rerun with other checks costs no model time.
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
from rag.evidence.corpora import read_lines, untokenized
from rag.evidence.curriculum import HELD_OUT_PARTS
from rag.evidence.examples import is_for_reporting, part
from rag.evidence.model import WEIGHTS, EvidenceModel, SupportScores
from rag.evidence.windows import overlaps
from rag.types import Passage, Sentence, Support
from rag.verify import EvidenceVerifier

THRESHOLDS = tuple(round(0.05 * n, 2) for n in range(6, 20))
PASSAGE_SENTENCES = 8  # about what a chunk holds
CITED = 2  # passages a drafted sentence usually cites, at most
UNSEEN = "cogensumm_test"  # nobody trains on it
SUMMARIES = (UNSEEN, "factcc_val", "frank_val", "cogensumm_val")


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence, the article it is held against, what people said, the set it is from and its group in training."""

    claim: str
    article: str
    faithful: bool
    source: str
    group: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The least threshold at which a sentence is withheld: the model's best probability, 0 where a check objects.

    ``verbatim`` sentences are shown at any threshold.
    """

    judged: Judged
    support: float
    verbatim: bool


class RememberingJudge:
    """The evidence model with its answers kept in a file."""

    def __init__(self, model: Callable[[], EvidenceModel], path: Path) -> None:
        self._make = model
        self._model: EvidenceModel | None = None
        self._path = path
        self._known: dict[str, list[float]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
        self.best = 0.0

    def supports(self, pairs: Sequence[tuple[str, str]]) -> list[SupportScores]:
        """As the model's own; ``best`` keeps the highest support since it was last set to 0."""
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
        """Write what is known."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._known), "utf-8")


def claims(data: Path) -> Iterator[Judged]:
    """Every single sentence with a verdict; of the sets used both ways the half that is not reported on."""
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
    """The claim where it is one sentence: a verdict on several says not which."""
    if len(sentence_spans(one.claim)) == 1 and len(one.claim.split()) >= 5 and one.article.strip():
        yield one


def drawn(found: Sequence[Judged], most: int, seed: int = 1) -> list[Judged]:
    """At most ``most`` of each set and verdict, each once."""
    chance = random.Random(seed)  # noqa: S311  (a repeatable draw, no secret)
    groups: dict[tuple[str, bool], list[Judged]] = {}
    for one in dict.fromkeys(found):
        groups.setdefault((one.source, one.faithful), []).append(one)
    return [one for group in groups.values() for one in chance.sample(group, min(most, len(group)))]


def passages_of(article: str) -> list[Passage]:
    """The article in runs of whole sentences, as the chain would have them."""
    spans = sentence_spans(article)
    runs = [spans[at : at + PASSAGE_SENTENCES] for at in range(0, len(spans), PASSAGE_SENTENCES)]
    cuts = [Span(run[0].start, run[-1].end) for run in runs if run]
    return [
        Passage(number, Chunk(f"c{number}", "a", number, cut, cut.of(article)), 1.0)
        for number, cut in enumerate(cuts, start=1)
    ]


def outcome(judged: Judged, judge: RememberingJudge) -> Outcome:
    """What becomes of a claim that cites the passages nearest to its words."""
    passages = passages_of(judged.article)
    near = overlaps(judged.claim, [passage.chunk.text for passage in passages])
    order = sorted(range(len(passages)), key=lambda i: (-near[i], i))[:CITED]
    sentence = Sentence(judged.claim, tuple(passages[i].number for i in order))
    judge.best = 0.0
    # A threshold nothing reaches has every piece of evidence tried, so that the best of them is known.
    verdict = EvidenceVerifier(judge, needed=1.01).verify(sentence, passages).verdict
    return Outcome(judged, judge.best, verdict.support is Support.SUPPORTED)


def table(outcomes: Sequence[Outcome], title: str) -> str:
    """A line a threshold."""
    wrong = [one for one in outcomes if not one.judged.faithful]
    right = [one for one in outcomes if one.judged.faithful]
    lines = [f"{title}: {len(wrong)} unfaithful, {len(right)} faithful claims"]
    if not wrong or not right:
        return lines[0]
    stopped = [sum(not one.verbatim and one.support == 0 for one in group) / len(group) for group in (wrong, right)]
    lines.append(f"  stopped by checks alone: {stopped[0]:.1%} of unfaithful, {stopped[1]:.1%} of faithful")
    lines.append(f"  {'threshold':>9}  {'unfaithful shown':>24}  {'faithful withheld':>24}")
    for threshold in THRESHOLDS:
        passed = wilson(sum(_is_shown(one, threshold) for one in wrong), len(wrong))
        withheld = wilson(sum(not _is_shown(one, threshold) for one in right), len(right))
        shown = [
            f"{100 * rate.value:6.1f} % ({100 * rate.low:4.1f}..{100 * rate.high:5.1f})" for rate in (passed, withheld)
        ]
        lines.append(f"  {threshold:9.2f}  {shown[0]:>24}  {shown[1]:>24}")
    return "\n".join(lines)


def _is_shown(one: Outcome, threshold: float) -> bool:
    return one.verbatim or one.support >= threshold


def main() -> None:
    """Print the tables: all, and set by set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, help="of another training run than the packaged one")
    parser.add_argument("--most", type=int, default=150, help="claims of each set and verdict, at most")
    parser.add_argument("--trained-too", action="store_true", help="also claims the model has learned from")
    parser.add_argument("--cache", type=Path, default=Path("out/verifier_threshold"))
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
    return one.source == UNSEEN or part(one.group, HELD_OUT_PARTS) == 0


if __name__ == "__main__":
    main()
