"""A judge's card: what was measured of it on claims that people labelled, to stand beside every score it gives."""

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
    """Where a judge's card is kept."""
    return folder / f"{slug(judge)}.json"


def write_card(path: Path, judge: str, found: Sequence[Measured]) -> None:
    """Add what was measured to a judge's card; a set measured before is replaced."""
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
    """A judge's card, or None where it was never measured."""
    return read_json(path, MEND) if path.exists() else None


def training_of(one: Mapping[str, Any]) -> str | None:
    """How far the judge had learned from a set of its card, in words; None where the card does not tell."""
    return one.get("training")


COUNTS = ("hits", "misses", "alarms", "rejections")


def pooled_confusion(card: Mapping[str, Any] | None) -> Confusion | None:
    """The judge's error over all labelled sets of its card it was not trained on; None where there is none.

    Sets count alike, scaled down to the smallest: else the largest one would decide, and be taken for certain.
    """
    sets = card["sets"].values() if card else ()
    found = [one["confusion"] for one in sets if one["confusion"] and training_of(one) != Trained.WHOLLY]
    if not found:
        return None
    sizes = [sum(one[key] for key in COUNTS) for one in found]
    scaled = [{key: one[key] * min(sizes) / size for key in COUNTS} for one, size in zip(found, sizes, strict=True)]
    return Confusion(**{key: round(sum(one[key] for one in scaled)) for key in COUNTS})
