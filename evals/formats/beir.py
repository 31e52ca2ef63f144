"""BEIR data sets (Thakur et al. 2021), for retrieval only: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from evals.formats.base import Suite
from evals.types import Case, Expect, Relevant
from index.errors import BadInput
from index.types import Article


def beir(data: Path) -> Suite:
    """The suite ``beir``; ``data`` is a BEIR zip or folder, or a folder that contains one."""
    base = _root(data)
    qrels = read_qrels((base / "qrels" / "test.tsv").read_text(encoding="utf-8"), str(data))
    queries = {q["_id"]: q["text"] for q in _lines(base / "queries.jsonl")}
    cases = tuple(_case(query_id, queries[query_id], relevant) for query_id, relevant in qrels.items() if relevant)
    articles = tuple(
        Article(d["_id"], d["title"] or None, d["text"]) for d in _lines(base / "corpus.jsonl") if d["text"]
    )
    return Suite("beir", cases, articles)


def _root(data: Path) -> zipfile.Path | Path:
    """The folder, perhaps inside a zip, that contains ``corpus.jsonl``."""
    folders: list[zipfile.Path | Path] = (
        [data, *sorted(p for p in data.glob("*") if p.is_dir())] if data.is_dir() else []
    )
    zips = [data] if data.suffix == ".zip" else [*sorted(data.glob("*.zip")), *sorted(data.glob("*/*.zip"))]
    for path in zips:
        opened = zipfile.Path(path)
        folders += [opened, *(place for place in opened.iterdir() if place.is_dir())]
    for place in folders:
        if (place / "corpus.jsonl").exists():
            return place
    raise BadInput(f"no corpus.jsonl in {data}; give a BEIR folder or zip with --data")


def read_qrels(text: str, name: str) -> dict[str, dict[str, int]]:
    """For each query id, the documents with a grade above 0, from BEIR's three columns or TREC's four.

    Raises:
        BadInput: a line has neither format.
    """
    found: dict[str, dict[str, int]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts or parts[-1] == "score":
            continue
        if len(parts) not in {3, 4} or not parts[-1].lstrip("-").isdigit():
            raise BadInput(
                f"{name}:{number}: expected `query document grade` or `query 0 document grade`, found {line!r}"
            )
        grades = found.setdefault(parts[0], {})
        if int(parts[-1]) > 0:
            grades[parts[-2]] = int(parts[-1])
    return found


def _case(query_id: str, text: str, relevant: dict[str, int]) -> Case:
    return Case(query_id, text, Expect.ANSWER, relevant=tuple(Relevant(document) for document in relevant))


def _lines(path: zipfile.Path | Path) -> Iterator[dict[str, str]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
