"""BEIR data sets (Thakur et al. 2021), for retrieval only: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/test.tsv``."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from evals.formats.base import MEND, Suite
from evals.types import Case, Expect, Relevant
from index.errors import BadInput
from index.types import Article

T = TypeVar("T")


def beir(data: Path) -> Suite:
    """The suite ``beir``; ``data`` is a BEIR zip or folder, or a folder that contains one."""
    base = _root(data)
    qrels = read_qrels(_read(base / "qrels" / "test.tsv"), str(data))
    queries = dict(_each(base / "queries.jsonl", lambda q: (q["_id"], q["text"])))
    unknown = next((query_id for query_id, relevant in qrels.items() if relevant and query_id not in queries), None)
    if unknown is not None:
        raise BadInput(f"{data}: the query {unknown} of qrels/test.tsv is not in queries.jsonl; {MEND}")
    cases = tuple(_case(query_id, queries[query_id], relevant) for query_id, relevant in qrels.items() if relevant)
    found = _each(base / "corpus.jsonl", lambda d: Article(d["_id"], d.get("title") or None, d["text"]))
    return Suite("beir", cases, tuple(article for article in found if article.text))


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


def _each(path: zipfile.Path | Path, make: Callable[[dict[str, str]], T]) -> Iterator[T]:
    # str.splitlines would also split at line separators inside a JSON string.
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if line.strip():
            try:
                yield make(json.loads(line))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise BadInput(f"{path}:{number}: not as published ({type(error).__name__}: {error})") from None


def _read(path: zipfile.Path | Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(f"{path}: not UTF-8 at byte {error.start}; {MEND}") from None
