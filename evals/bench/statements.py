"""Who said it and how surely, against sentences labelled by hand: ``python -m evals.bench.statements [DATA]``.

Two sets: the sample archive's statements, and sentences of other people's news under DATA. Of those only the places,
the hashes and the labels are kept here, never the words. They were labelled in draws, each before the rules were run
on it, and the rules were mended after each. So a draw's figure here is that of rules which have seen it; what they kept
of a draw at first sight stands in ``evals/golden/README.md``.
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
from rag.attribution import find_attribution
from rag.certainty import certainty_of
from rag.types import Certainty

GOLDEN = Path(__file__).parents[1] / "golden"
WAR_NEWS = Path("ukraine_war_news") / "key_annotated_articles.json"
NEWS = {
    "ukraine_war_news": (WAR_NEWS, "filename", "content"),
    "realtimeqa": (Path("realtimeqa") / "articles_2022gold.jsonl", "doc_id", "text"),
    "gum_wikinews": (Path("gum_wikinews") / "articles.jsonl", "doc_id", "text"),
}
"""Where each source's articles are under DATA, and the fields that hold an article's name and its text."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the one before it, and its labels; no ``speakers`` where it speaks for itself.

    Where one report stands in another, either speaker may be credited.
    """

    id: str
    text: str
    before: str
    speakers: tuple[str, ...]
    certainty: Certainty
    draw: int = 0


@dataclass(frozen=True, slots=True)
class Kept:
    """Shares of a set with Wilson's 95 % intervals.

    ``laundered`` counts the attributed sentences for which nobody was found, ``invented`` the others that were given a
    speaker, ``hardened`` the limited ones taken to be surer than they are. None where the set holds no such sentence.
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
        BadInput: the articles are not there, or are not those that were labelled.
    """
    texts = {source: _texts(data, source) for source in NEWS}
    lines = (GOLDEN / "statements_news.jsonl").read_text("utf-8").splitlines()
    found = []
    for row in map(json.loads, lines):
        text = texts[row["source"]].get(row["article"], "")
        sentence = text[row["start"] : row["end"]]
        if hashlib.sha256(sentence.encode()).hexdigest() != row["sha256"]:
            path = data / NEWS[row["source"]][0]
            raise BadInput(f"{path}: the article {row['article']!r} is not the one that was labelled ({row['id']})")
        speakers = tuple(text[slice(*said["speaker"])] for said in row["said_by"])
        before = text[row["context_start"] : row["start"]].strip()
        found.append(Statement(row["id"], sentence, before, speakers, Certainty(row["certainty"]), row["draw"]))
    return found


def _texts(data: Path, source: str) -> dict[str, str]:
    """Each article's text by its name."""
    file, name, text = NEWS[source]
    path = data / file
    if not path.is_file():
        raise BadInput(f"the labelled sentences of {source} need its articles: there is no {path}")
    content = path.read_text("utf-8")
    articles = json.loads(content) if path.suffix == ".json" else map(json.loads, content.splitlines())
    return {article[name]: article[text] for article in articles}


def kept(statements: Sequence[Statement]) -> Kept:
    """How much of what the labels say is found."""
    attributed = [s for s in statements if s.speakers]
    bare = [s for s in statements if not s.speakers]
    limited = [s for s in statements if s.certainty is not Certainty.STATED]
    return Kept(
        len(statements),
        _share(map(speaker_kept, statements)),
        _share(certainty_found(s) is s.certainty for s in statements),
        _share(find_attribution(s.text, s.before) is None for s in attributed),
        _share(find_attribution(s.text, s.before) is not None for s in bare),
        _share(FIRMNESS[certainty_found(s)] > FIRMNESS[s.certainty] for s in limited),
    )


def speaker_kept(statement: Statement) -> bool:
    """Whether the right one is credited, or nobody where the sentence speaks for itself."""
    found = find_attribution(statement.text, statement.before)
    if found is None or not statement.speakers:
        return found is None and not statement.speakers
    return any(contains(s, [found.speaker]) or contains(found.speaker, [s]) for s in statement.speakers)


def certainty_found(statement: Statement) -> Certainty:
    """What Dateline would show beside the sentence."""
    return certainty_of(statement.text, find_attribution(statement.text, statement.before))


def _share(hits: Iterable[bool]) -> Interval | None:
    found = list(hits)
    return wilson(sum(found), len(found)) if found else None


def main(data: Path) -> None:
    """Print both sets, alone and together, and the second by draw."""
    sample = sample_statements()
    news = news_statements(data) if data.is_dir() else []
    sets = {"sample archive": sample}
    if news:
        sets |= {"news articles": news, "both": sample + news}
    _print("Kept of what the labels say", sets)
    if news:
        _print(
            "News articles by draw",
            {f"draw {n}": [s for s in news if s.draw == n] for n in sorted({s.draw for s in news})},
        )


def _print(title: str, sets: dict[str, list[Statement]]) -> None:
    table = Table("", *(field.name for field in fields(Kept)[1:]), title=title, title_justify="left")
    for name, held in sets.items():
        found = kept(held)
        table.add_row(f"{name}, {len(held)}", *(_shown(getattr(found, field.name)) for field in fields(Kept)[1:]))
    Console().print(table)


def _shown(rate: Interval | None) -> str:
    return f"{rate.value:.3f} ({rate.low:.2f} to {rate.high:.2f})" if rate else "none"


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else os.environ.get("DATELINE_DATA", "../shared/data")))
