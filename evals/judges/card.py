"""Judge cards: a judge's measured agreement with people's labels, reported beside every score it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from evals.json_files import read_json, write_json
from evals.judges.agreement import Measured
from evals.judging import slug
from evals.statistics.rates import Confusion
from rag.evidence.examples import Trained

SHIPPED = Path(__file__).parent / "cards"
MEND = "`dateline eval judge --suite … --data …` measures one"


def card_path(judge: str, folder: Path = SHIPPED) -> Path:
    """The path of a judge's card."""
    return folder / f"{slug(judge)}.json"


def write_card(path: Path, judge: str, found: Sequence[Measured]) -> None:
    """Add results to a judge's card; earlier results on the same sets are replaced."""
    old = read_json(path, MEND)["sets"] if path.exists() else {}
    sets = old | {one.suite: _rounded(asdict(one)) for one in found}
    path.parent.mkdir(parents=True, exist_ok=True)
    write_json(path, {"judge": judge, "sets": dict(sorted(sets.items()))})


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    return [_rounded(part) for part in value] if isinstance(value, list | tuple) else value


def read_card(path: Path) -> dict[str, Any] | None:
    """A judge's card, or None if the judge was never measured."""
    return read_json(path, MEND) if path.exists() else None


def training_of(one: Mapping[str, Any]) -> str | None:
    """Whether the judge was trained on a set of its card, in words; None if the card does not say."""
    return one.get("training")


COUNTS = ("hits", "misses", "alarms", "rejections")


def pooled_confusion(card: Mapping[str, Any] | None) -> Confusion | None:
    """The judge's confusion counts over all sets of its card that it was not trained on; None without such sets.

    Every set is scaled down to the size of the smallest, so that sets count equally and the largest neither dominates
    the rates nor makes them look more certain than they are.
    """
    sets = card["sets"].values() if card else ()
    found = [one["confusion"] for one in sets if one["confusion"] and training_of(one) != Trained.WHOLLY]
    if not found:
        return None
    sizes = [sum(one[key] for key in COUNTS) for one in found]
    scaled = [{key: one[key] * min(sizes) / size for key in COUNTS} for one, size in zip(found, sizes, strict=True)]
    return Confusion(**{key: round(sum(one[key] for one in scaled)) for key in COUNTS})
