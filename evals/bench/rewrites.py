"""What becomes of sentences as a language model writes them: ``python -m evals.bench.rewrites``.

``evals/golden/rewrites.jsonl`` holds sentences over the sample archive in other words than its articles', by how close
they keep to them, each also with an error of the kind that language models make. Each goes through the whole verifier,
citing the two nearest passages of its article. Shown: how many come through, and of those withheld for how many a whole
sentence of the article stands in; ``--list`` prints what is withheld though faithful, and shown though not, and why.
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
from rag.sections import Verification
from rag.types import Checked, Sentence, Support
from rag.verify import EvidenceVerifier

REWRITES = Path(__file__).parents[1] / "golden" / "rewrites.jsonl"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A sentence over an article: ``close`` to its words, ``medium`` or ``loose``, and whether the article says so."""

    text: str
    article_id: str
    closeness: str
    faithful: bool


def rewrites() -> list[Rewrite]:
    """Every sentence, the faithful one of each pair first."""
    lines = [json.loads(line) for line in REWRITES.read_text("utf-8").splitlines()]
    return [
        Rewrite(line[kind], line["article_id"], line["closeness"], kind == "faithful")
        for line in lines
        for kind in ("faithful", "unfaithful")
    ]


def checked(found: Sequence[Rewrite], judge: SupportJudge | None, needed: float) -> list[Checked]:
    """The verdict on each; without a ``judge``, that of the checks and of words alone."""
    read = read_paths([sample_articles()], max_bytes=10**6)
    passages = {article.id: passages_of(article.text) for article in read if isinstance(article, Article)}
    verifier = EvidenceVerifier(judge, needed=needed)
    verdicts = []
    for one in found:
        known = passages[one.article_id]
        near = overlaps(one.text, [passage.chunk.text for passage in known])
        order = sorted(range(len(known)), key=lambda i: (-near[i], i))[:CITED]
        verdicts.append(verifier.verify(Sentence(one.text, tuple(known[i].number for i in order)), known))
    return verdicts


def table(found: Sequence[Rewrite], verdicts: Sequence[Checked]) -> str:
    """A line for each closeness: what is shown, and for what of the rest an article's sentence stands in."""
    tally: Counter[tuple[str, bool, str]] = Counter()
    for one, verdict in zip(found, verdicts, strict=True):
        is_shown = verdict.verdict.support is Support.SUPPORTED
        tally.update(
            [(one.closeness, one.faithful, "shown" if is_shown else "stood in for" if verdict.nearest else "gone")]
        )
    lines = [f"{'':8}{'':12}  {'n':>3}  {'shown':>24}  stood in for  gone"]
    for closeness in dict.fromkeys(one.closeness for one in found):
        for faithful in (True, False):
            shown, instead, gone = (tally[closeness, faithful, what] for what in ("shown", "stood in for", "gone"))
            rate = wilson(shown, shown + instead + gone)
            told = f"{100 * rate.value:6.1f} % ({100 * rate.low:4.1f}..{100 * rate.high:5.1f})"
            kind = "faithful" if faithful else "unfaithful"
            lines.append(f"{closeness:8}{kind:12}  {shown + instead + gone:3}  {told:>24}  {instead:12}  {gone:4}")
    return "\n".join(lines)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threshold", type=float, default=Verification().threshold)
    parser.add_argument("--list", action="store_true", help="each sentence that is on the wrong side")
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
