"""Runs a judge over the claims of a run. The verdicts of a costly judge are cached in the run's folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evals.json_files import append_lines, read_json_lines
from evals.types import Judge, Judgement, Pair
from rag.types import Support

BATCH = 64
MEND = "remove it, and the judge is asked again"


def judged(pairs: Iterable[Pair], judge: Judge, keep_in: Path | None = None) -> dict[Pair, Judgement]:
    """A judgement for every distinct pair.

    A costly judge's verdicts are cached in the folder ``keep_in``. Pairs without a verdict are asked again next time.
    """
    wanted = list(dict.fromkeys(pairs))
    path = keep_in / f"judgements-{slug(judge.name)}.jsonl" if keep_in and judge.costly else None
    known = _kept(path) if path and path.exists() else {}
    fresh = [pair for pair in wanted if pair not in known]
    for start in range(0, len(fresh), BATCH):
        batch = fresh[start : start + BATCH]
        found = dict(zip(batch, judge.judge(batch), strict=True))
        known |= found
        if path:
            _keep(path, found)
    return {pair: known[pair] for pair in wanted}


def slug(name: str) -> str:
    """``name`` in a form that is safe in a file name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _kept(path: Path) -> dict[Pair, Judgement]:
    return {
        Pair(line["claim"], tuple(line["evidence"])): Judgement(
            Support(line["support"]), line["score"], tuple(line["reasons"])
        )
        for _, line in read_json_lines(path, MEND, appended=True)
        if line["support"] is not None
    }


def _keep(path: Path, found: dict[Pair, Judgement]) -> None:
    append_lines(path, (_line(pair, judgement) for pair, judgement in found.items()))


def _line(pair: Pair, judgement: Judgement) -> dict[str, Any]:
    return {
        "claim": pair.claim,
        "evidence": list(pair.evidence),
        "support": judgement.support,
        "score": judgement.score,
        "reasons": list(judgement.reasons),
    }
