"""Asks a chatbot every case and records its replies. Scoring is separate and never asks again."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

from evals.folder import RunFolder, cases_digest
from evals.types import Case, CitedArticle
from index.errors import DatelineError
from index.types import Article

LIBRARIES = ("dateline", "llama-index-core", "chromadb", "sentence-transformers", "torch", "numpy")


class Target(Protocol):
    """A chatbot to be scored."""

    @property
    def name(self) -> str:
        """Name of the chatbot in reports."""
        ...

    @property
    def identity(self) -> Mapping[str, Any]:
        """Everything the replies depend on, as far as known: settings, models, fingerprint. JSON values only."""
        ...

    def ask(self, case: Case) -> Mapping[str, Any]:
        """Answer a case; the reply is in the documented JSON format."""
        ...


ArticleOf = Callable[[str], Article | None]
"""Looks up an article by id; None if there is none."""


def run(
    target: Target,
    cases: Sequence[Case],
    out: Path,
    *,
    suite: str,
    article_of: ArticleOf | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> RunFolder:
    """Ask every case that has no record in ``out`` yet.

    An exception of the chatbot is recorded as its failure on the case, and the run continues. Only an interrupt stops
    it. ``progress`` is called with the number of cases done and their total.

    Raises:
        BadInput: ``out`` holds a different run.
    """
    folder = RunFolder(out)
    folder.begin(cases, manifest(target, cases, suite))
    done = folder.done()
    for number, case in enumerate(cases, start=1):
        if case.id not in done:
            folder.append(ask(target, case))
        progress(number, len(cases))
    if article_of is not None:
        folder.write_articles(_articles(folder, article_of))
    return folder


def ask(target: Target, case: Case) -> dict[str, Any]:
    """Ask one case; the record is returned as it is written."""
    begin = time.perf_counter()
    try:
        outcome: dict[str, Any] = {"reply": dict(target.ask(case))}
    except Exception as error:  # noqa: BLE001  (any crash of the chatbot is a wrong answer, never the end of a run)
        outcome = {"failure": {"kind": type(error).__name__, "message": _message(error)}}
    return {"id": case.id, **outcome, "seconds": round(time.perf_counter() - begin, 4)}


def _message(error: Exception) -> str:
    return str(error) if isinstance(error, DatelineError) else str(error)[:500] or type(error).__name__


def manifest(target: Target, cases: Sequence[Case], suite: str) -> dict[str, Any]:
    """The manifest of a run: ``identity`` decides whether it can be resumed; the rest is for people."""
    return {
        "identity": {
            "suite": suite,
            "cases": len(cases),
            "cases_digest": cases_digest(cases),
            "chatbot": target.name,
            **target.identity,
        },
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {"python": platform.python_version(), **_versions()},
        "commit": _commit(),
        "machine": {"system": platform.system(), "processor": platform.machine(), "cores": os.cpu_count()},
    }


def _versions() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def _commit() -> str | None:
    """The commit of the working directory, followed by ``+`` if it has changes; None outside a repository."""
    command = ["git", "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*"]
    try:
        found = subprocess.run(command, capture_output=True, text=True, check=True, timeout=10)  # noqa: S603  (constant)
    except (OSError, subprocess.SubprocessError):
        return None
    return found.stdout.strip()


def _articles(folder: RunFolder, article_of: ArticleOf) -> Iterable[CitedArticle]:
    """The articles that any reply cites (with their text) or retrieved (dates only)."""
    cited: set[str] = set()
    seen: set[str] = set()
    for record in folder.records().values():
        if record.reply is None:
            continue
        cited |= {citation.article_id for citation in record.reply.citations}
        seen |= {other for citation in record.reply.citations for other in citation.also_in}
        seen |= {chunk.article_id for chunk in record.reply.retrieved or ()}
    for article_id in sorted(cited | seen):
        article = article_of(article_id)
        if article is not None:
            yield CitedArticle(article.id, article.known_from, article.text if article.id in cited else None)
