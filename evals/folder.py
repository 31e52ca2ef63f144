"""The folder of a run: its manifest, cases, unmodified replies and cited articles.

    RUN/manifest.json   what ran: suite, cases, chatbot, settings, versions, commit, date, machine
    RUN/cases.jsonl     the golden set as asked
    RUN/records.jsonl   one line per case: {"id", "reply" | "failure", "seconds"}
    RUN/articles.jsonl  the articles cited or retrieved, as far as scoring needs them
    RUN/published.json  scores of published systems on the same cases, if the suite has any
    RUN/scores.json, timings.json, judge_card.json, judgements-*.jsonl, report.*   derived from the above at any time

Records are appended one by one, so a run that was killed can be resumed. A case whose line was only half written is
asked again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from evals.golden import case_json, read_cases
from evals.json_files import append_lines, read_json, read_json_lines, write_json, write_lines
from evals.replies import GivenReply, read_reply
from evals.types import Case, CitedArticle, Failure
from index.errors import BadInput

MEND = "run into a fresh folder"


@dataclass(frozen=True, slots=True)
class Record:
    """The outcome of one case: a reply or a failure, and the wall time in seconds."""

    case_id: str
    reply: GivenReply | None
    failure: Failure | None
    seconds: float


class RunFolder:
    """Reads and writes one run's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def records_path(self) -> Path:
        """The file of records, one line per case."""
        return self.path / "records.jsonl"

    def begin(self, cases: Iterable[Case], manifest: Mapping[str, Any]) -> None:
        """Start a run in this folder, or resume the one it holds.

        A run is resumed only if ``manifest["identity"]`` (chatbot, settings, cases) is the same.

        Raises:
            BadInput: the folder holds a different run.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        if (self.path / "manifest.json").exists():
            found = self.manifest()["identity"]
            wanted = json.loads(json.dumps(manifest["identity"]))
            if found != wanted:
                keys = sorted(key for key in found.keys() | wanted.keys() if found.get(key) != wanted.get(key))
                raise BadInput(
                    f"{self.path} holds a different run (it differs in {', '.join(keys)}); "
                    "choose another --out or remove it"
                )
            return
        write_lines(self.path / "cases.jsonl", (case_json(case) for case in cases))
        write_json(self.path / "manifest.json", manifest)

    def manifest(self) -> dict[str, Any]:
        """The manifest: what ran.

        Raises:
            BadInput: the folder holds no run.
        """
        return read_json(self.path / "manifest.json", "`dateline eval run --out` makes one")

    def cases(self) -> list[Case]:
        """The golden set as asked."""
        return read_cases(self.path / "cases.jsonl")

    def append(self, line: Mapping[str, Any]) -> None:
        """Append one record; it has reached the operating system when this returns."""
        append_lines(self.records_path, [line])

    def done(self) -> set[str]:
        """The ids of cases that have a record."""
        return {str(line["id"]) for line in self._lines()} if self.records_path.exists() else set()

    def records(self) -> dict[str, Record]:
        """Every record by case id. A reply that is not in the documented format becomes a failure of its case.

        Raises:
            BadInput: the folder holds no records.
        """
        if not self.records_path.exists():
            raise BadInput(f"{self.path} holds no records; `dateline eval run --out {self.path}` makes them")
        return {str(line["id"]): _record(line) for line in self._lines()}

    def _lines(self) -> Iterator[dict[str, Any]]:
        return (line for _, line in read_json_lines(self.records_path, MEND, appended=True))

    def write_articles(self, articles: Iterable[CitedArticle]) -> None:
        """Store what scoring needs of the articles cited or retrieved."""
        lines = (
            {"id": a.id, "known_from": a.known_from.isoformat() if a.known_from else None, "text": a.text}
            for a in sorted(articles, key=lambda a: a.id)
        )
        write_lines(self.path / "articles.jsonl", lines)

    def articles(self) -> dict[str, CitedArticle]:
        """The stored articles by id; empty if the chatbot's articles were not available."""
        path = self.path / "articles.jsonl"
        if not path.exists():
            return {}
        found = {}
        for _, line in read_json_lines(path, MEND):
            known = datetime.fromisoformat(line["known_from"]) if line["known_from"] else None
            found[line["id"]] = CitedArticle(line["id"], known, line["text"])
        return found


def _record(line: Mapping[str, Any]) -> Record:
    case_id, seconds = str(line["id"]), float(line.get("seconds") or 0.0)
    if line.get("failure"):
        failure = line["failure"]
        return Record(case_id, None, Failure(str(failure["kind"]), str(failure["message"])), seconds)
    try:
        return Record(case_id, read_reply(line.get("reply")), None, seconds)
    except BadInput as error:
        return Record(case_id, None, Failure("bad_reply", str(error)), seconds)


def cases_digest(cases: Iterable[Case]) -> str:
    """A short hash of the cases' whole content."""
    content = json.dumps([case_json(case) for case in cases], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
