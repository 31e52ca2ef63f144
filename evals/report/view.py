"""Everything that reports show of a run, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.folder import Record, RunFolder
from evals.gates import GateReport
from evals.json_files import read_json
from evals.judges.card import read_card
from evals.results import CARD, MEND
from evals.types import Case, CitedArticle


@dataclass(frozen=True, slots=True)
class Earlier:
    """A run of the same suite: its date and each measure's value."""

    date: str
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """A scored run.

    ``card`` is None if there is no card of its judge, ``gates`` is None if it was not checked against gates, and
    ``history`` lists the runs of the same suite beside it, including itself.
    """

    manifest: Mapping[str, Any]
    scores: Mapping[str, Any]
    timings: Mapping[str, Any]
    cases: Sequence[Case]
    records: Mapping[str, Record]
    articles: Mapping[str, CitedArticle]
    card: Mapping[str, Any] | None = None
    published: Sequence[Mapping[str, Any]] = ()
    gates: GateReport | None = None
    history: Sequence[Earlier] = ()

    @property
    def title(self) -> str:
        """The suite and the chatbot."""
        return f"{self.scores['suite']}: {self.scores['chatbot']}"


def view(run: Path, gates: GateReport | None = None) -> View:
    """Read the run in a folder; scored runs of the same suite in its parent folder are its history.

    Raises:
        BadInput: the folder holds no scored run.
    """
    folder = RunFolder(run)
    scores = read_json(run / "scores.json", MEND)
    published = run / "published.json"
    return View(
        folder.manifest(),
        scores,
        read_json(run / "timings.json", MEND),
        folder.cases(),
        folder.records(),
        folder.articles(),
        read_card(run / CARD) if scores["judge"] else None,
        read_json(published, MEND)["systems"] if published.exists() else (),
        gates,
        history(run, scores["suite"]),
    )


def history(run: Path, suite: str) -> list[Earlier]:
    """The scored runs of a suite in the parent folder of ``run``, oldest first, including ``run``."""
    found = []
    for path in sorted(run.resolve().parent.glob("*/scores.json")):
        scores = read_json(path, MEND)
        manifest = path.parent / "manifest.json"
        if scores.get("suite") == suite and manifest.exists():
            values = {name: m["value"] for name, m in scores["measures"].items() if m["value"] is not None}
            found.append(Earlier(str(read_json(manifest, MEND)["date"]), values))
    return sorted(found, key=lambda one: one.date)
