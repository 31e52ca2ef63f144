"""Evaluate attribution and certainty on hand-labelled sentences: ``python -m evals.bench.statements [DATA]``.

There are two sets: sentences of the sample archive, and sentences of published news articles under DATA. For the second
set, only offsets, hashes and labels are stored here, not the text. It was labelled in several draws, each before the
rules were run on it, and the rules were improved after each draw. So the figures printed here are for rules that have
seen the draw; ``evals/golden/README.md`` has the figures at first sight.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evals.measures.answers import contains
from evals.measures.certainty import FIRMNESS
from evals.statistics.rates import wilson
from evals.types import Interval
from index.errors import BadInput
from rag.stance.attribution import find_attribution
from rag.stance.certainty import certainty_of
from rag.types import Certainty

GOLDEN = Path(__file__).parents[1] / "golden"
WAR_NEWS = Path("ukraine_war_news") / "key_annotated_articles.json"
NEWS = {
    "ukraine_war_news": (WAR_NEWS, "filename", "content"),
    "realtimeqa": (Path("realtimeqa") / "articles_2022gold.jsonl", "doc_id", "text"),
    "gum_wikinews": (Path("gum_wikinews") / "articles.jsonl", "doc_id", "text"),
}
"""For each source: its file under DATA, and the fields with an article's name and its text."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, the text before it, and its labels. ``speakers`` is empty if the sentence is not attributed.

    If one report quotes another, either speaker is accepted.
    """

    id: str
    text: str
    before: str
    speakers: tuple[str, ...]
    certainty: Certainty
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """Results on a set: shares with 95 % intervals (Wilson), or None if the set has no sentence to count.

    Attributes:
        attribution: sentences with the right speaker, or rightly none.
        certainty: sentences with the right certainty.
        laundered: attributed sentences for which no speaker was found.
        invented: unattributed sentences for which one was found.
        hardened: hedged sentences taken to be more certain than labelled.
    """

    statements: int
    attribution: Interval | None
    certainty: Interval | None
    laundered: Interval | None
    invented: Interval | None
    hardened: Interval | None


def sample_statements() -> list[Statement]:
    """The labelled sentences of the sample archive."""
    lines = (GOLDEN / "statements.jsonl").read_text("utf-8").splitlines()
    return [
        Statement(
            row["id"],
            row["quote"],
            row["context"],
            (row["speaker"],) if row["speaker"] else (),
            Certainty(row["certainty"]),
        )
        for row in map(json.loads, lines)
    ]


def news_statements(data: Path) -> list[Statement]:
    """The labelled sentences of the news articles under ``data``.

    Raises:
        BadInput: an article is missing, or differs from the one that was labelled.
    """
    texts = {source: _texts(data, source) for source in NEWS}
    lines = (GOLDEN / "statements_news.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, lines):
        text = texts[row["source"]].get(row["article"], "")
        sentence = text[row["start"] : row["end"]]
        if hashlib.sha256(sentence.encode()).hexdigest() != row["sha256"]:
            path = data / NEWS[row["source"]][0]
            raise BadInput(f"{path}: the article {row['article']!r} differs from the one labelled ({row['id']})")
        speakers = tuple(text[slice(*said["speaker"])] for said in row["said_by"])
        before = text[row["context_start"] : row["start"]].strip()
        found.append(Statement(row["id"], sentence, before, speakers, Certainty(row["certainty"]), row["draw"]))
    return found


def _texts(data: Path, source: str) -> dict[str, str]:
    """The texts of a source's articles, by name."""
    file, name, text = NEWS[source]
    path = data / file
    if not path.is_file():
        raise BadInput(f"{path} is missing: the labelled sentences of {source} need its articles")
    content = path.read_text("utf-8")
    articles = json.loads(content) if path.suffix == ".json" else map(json.loads, content.splitlines())
    return {article[name]: article[text] for article in articles}


def kept(statements: Sequence[Statement]) -> Kept:
    """Compare the rules with the labels."""
    attributed = [s for s in statements if s.speakers]
    unattributed = [s for s in statements if not s.speakers]
    hedged = [s for s in statements if s.certainty is not Certainty.STATED]
    return Kept(
        len(statements),
        _share(map(speaker_kept, statements)),
        _share(certainty_found(s) is s.certainty for s in statements),
        _share(find_attribution(s.text, s.before) is None for s in attributed),
        _share(find_attribution(s.text, s.before) is not None for s in unattributed),
        _share(FIRMNESS[certainty_found(s)] > FIRMNESS[s.certainty] for s in hedged),
    )


def speaker_kept(statement: Statement) -> bool:
    """Whether the right speaker is found, or none if the sentence is not attributed."""
    found = find_attribution(statement.text, statement.before)
    if found is None or not statement.speakers:
        return found is None and not statement.speakers
    return any(contains(s, [found.speaker]) or contains(found.speaker, [s]) for s in statement.speakers)


def certainty_found(statement: Statement) -> Certainty:
    """The certainty that Dateline shows for the sentence."""
    return certainty_of(statement.text, find_attribution(statement.text, statement.before))


def _share(hits: Iterable[bool]) -> Interval | None:
    found = list(hits)
    return wilson(sum(found), len(found)) if found else None


def main(data: Path) -> None:
    """Print the results on both sets, separately and together, and on the second set by draw."""
    sample = sample_statements()
    news = news_statements(data) if data.is_dir() else []
    sets = {"sample archive": sample}
    if news:
        sets |= {"news articles": news, "both": sample + news}
    _print("Agreement with the labels", sets)
    if news:
        _print(
            "News articles by draw",
            {f"draw {n}": [s for s in news if s.draw == n] for n in sorted({s.draw for s in news})},
        )


def _print(title: str, sets: dict[str, list[Statement]]) -> None:
    table = Table("", *(field.name for field in fields(Kept)[1:]), title=title, title_justify="left")
    for name, held in sets.items():
        found = kept(held)
        table.add_row(f"{name}, {len(held)}", *(_format(getattr(found, field.name)) for field in fields(Kept)[1:]))
    Console().print(table)


def _format(rate: Interval | None) -> str:
    return f"{rate.value:.3f} ({rate.low:.2f} to {rate.high:.2f})" if rate else "none"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DATELINE_DATA", "../shared/data")))
