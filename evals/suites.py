"""Lookup of suites and judge sets by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from evals.formats.base import JudgeSet, Suite
from evals.formats.beir import beir
from evals.formats.clapnq import clapnq
from evals.formats.judge_sets import attributionbench, factcc, fib, frank, mtrag, qags, summedits, wice
from evals.formats.realtimeqa import realtimeqa
from evals.formats.reporting import for_reporting
from evals.formats.squad import squad2, xquad
from evals.golden import read_lines, refuse_drafts
from index.errors import BadInput
from index.types import Article

SAMPLE = "sample"


PUBLISHED: Mapping[str, Callable[[Path], Suite]] = {
    "squad2": squad2,
    "xquad": xquad,
    "realtimeqa": realtimeqa,
    "clapnq": clapnq,
    "beir": beir,
}

JUDGE_SETS: Mapping[str, Callable[[Path], JudgeSet]] = {
    "summedits": summedits,
    "fib": fib,
    "qags": qags,
    "factcc": factcc,
    "frank": frank,
    "wice": wice,
    "attributionbench": attributionbench,
    "mtrag": mtrag,
}


def sample_golden() -> Path:
    """Path of the golden set over the sample archive."""
    return Path(__file__).parent / "golden" / "sample.jsonl"


def sample_articles() -> tuple[Article, ...]:
    """The articles of the sample archive."""
    from index.corpus import read_paths  # noqa: PLC0415  (readers bring their libraries)
    from index.sample import sample_articles as folder  # noqa: PLC0415

    return tuple(one for one in read_paths([folder()], max_bytes=10_000_000) if isinstance(one, Article))


def suite(name: str, data: Path | None, *, drafts: bool = False) -> Suite:
    """The suite called ``name``: ``sample``, a published data set, or the path of a golden set.

    ``data`` is the folder of the published files. ``drafts`` accepts cases that nobody has reviewed.

    Raises:
        BadInput: there is no such suite, its data is missing or not as published, or a case is invalid.
    """
    if name in PUBLISHED:
        if data is None:
            raise BadInput(f"the suite {name} needs published files; give their folder with --data")
        return PUBLISHED[name](data)
    path = sample_golden() if name == SAMPLE else Path(name)
    if not path.exists():
        known = ", ".join((SAMPLE, *PUBLISHED))
        raise BadInput(f"there is no suite or file called {name!r}; use {known}, or the path of a golden set")
    lines = read_lines(path)
    if not drafts:
        refuse_drafts(lines, path)
    cases = tuple(lines.values())
    return Suite(SAMPLE, cases, sample_articles()) if name == SAMPLE else Suite(path.stem, cases)


def judge_set(name: str, data: Path) -> JudgeSet:
    """The judge set called ``name``. If the evidence model was trained on one half, only the other half is returned.

    Raises:
        BadInput: there is no such set, or its data is missing or not as published.
    """
    if name not in JUDGE_SETS:
        raise BadInput(f"there is no judge set called {name!r}; use {', '.join(JUDGE_SETS)}")
    return for_reporting(JUDGE_SETS[name](data))
