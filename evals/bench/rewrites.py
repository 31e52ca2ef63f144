"""Test the verifier on paraphrased sentences: ``python -m evals.bench.rewrites``.

``evals/golden/rewrites.jsonl`` has sentences that paraphrase the sample archive, more or less closely, each also in a
version with an error of the kind that language models make. Each sentence is checked by the whole verifier, citing the
two most similar passages of its article. The table counts the sentences shown, and the withheld ones that a sentence of
the article replaces. ``--list`` prints the false positives and false negatives with the verifier's reasons.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.bench.verifier_threshold import CITED, passages_of
from evals.statistics.rates import wilson
from index.corpus import read_paths
from index.sample import sample_articles
from index.types import Article
from rag.evidence.model import EvidenceModel
from rag.evidence.windows import overlaps
from rag.ports import SupportJudge
from rag.settings_sections import Verification
from rag.types import Checked, Sentence, Support
from rag.verify import EvidenceVerifier

REWRITES = Path(__file__).parents[1] / "golden" / "rewrites.jsonl"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence about an article. ``closeness``: ``close``, ``medium`` or ``loose``; ``faithful``: it has no error."""

    text: str
    article_id: str
    closeness: str
    faithful: bool


def rewrites() -> list[Rewrite]:
    """All sentences, the faithful one of each pair first."""
    lines = [json.loads(line) for line in REWRITES.read_text("utf-8").splitlines()]
    return [
        Rewrite(line[kind], line["article_id"], line["closeness"], kind == "faithful")
        for line in lines
        for kind in ("faithful", "unfaithful")
    ]


def checked(found: Sequence[Rewrite], judge: SupportJudge | None, needed: float) -> list[Checked]:
    """Verify each sentence. Without a ``judge``, only the rule-based checks and word overlap decide."""
    read = read_paths([sample_articles()], max_bytes=10**6)
    passages = {article.id: passages_of(article.text) for article in read if isinstance(article, Article)}
    verifier = EvidenceVerifier(judge, needed=needed)
    verdicts = []
    for one in found:
        own = passages[one.article_id]
        scores = overlaps(one.text, [passage.chunk.text for passage in own])
        cited = sorted(range(len(own)), key=lambda i: (-scores[i], i))[:CITED]
        verdicts.append(verifier.verify(Sentence(one.text, tuple(own[i].number for i in cited)), own))
    return verdicts


def table(found: Sequence[Rewrite], verdicts: Sequence[Checked]) -> str:
    """Format the counts by closeness: shown (with a 95 % interval), replaced by an article's sentence, and dropped."""
    tally: Counter[tuple[str, bool, str]] = Counter()
    for one, verdict in zip(found, verdicts, strict=True):
        is_shown = verdict.verdict.support is Support.SUPPORTED
        fate = "shown" if is_shown else "replaced" if verdict.nearest else "dropped"
        tally[one.closeness, one.faithful, fate] += 1
    lines = [f"{'':8}{'':12}  {'n':>3}  {'shown':>24}  replaced  dropped"]
    for closeness in dict.fromkeys(one.closeness for one in found):
        for faithful in (True, False):
            shown, replaced, dropped = (tally[closeness, faithful, fate] for fate in ("shown", "replaced", "dropped"))
            total = shown + replaced + dropped
            rate = wilson(shown, total)
            share = f"{100 * rate.value:6.1f} % ({100 * rate.low:4.1f}..{100 * rate.high:5.1f})"
            kind = "faithful" if faithful else "unfaithful"
            lines.append(f"{closeness:8}{kind:12}  {total:3}  {share:>24}  {replaced:8}  {dropped:7}")
    return "\n".join(lines)


def main() -> None:
    """Run the command line interface."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threshold", type=float, default=Verification().threshold, help="support needed")
    parser.add_argument("--list", action="store_true", help="print each wrongly shown or withheld sentence")
    options = parser.parse_args()
    found = rewrites()
    verdicts = checked(found, EvidenceModel.load(), options.threshold)
    if options.list:
        for one, verdict in zip(found, verdicts, strict=True):
            if (verdict.verdict.support is Support.SUPPORTED) != one.faithful:
                print(f"{one.closeness}, {verdict.verdict.score:.2f}: {one.text} {'; '.join(verdict.verdict.reasons)}")
    print(table(found, verdicts))


if __name__ == "__main__":
    main()
