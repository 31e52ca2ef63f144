"""How many planted errors the deterministic checks catch, and how often they flag true sentences.

    python -m evals.planted.report articles.jsonl more/

Reads ``.txt`` files, JSON lines and JSON lists of objects with ``text`` or ``content``, and folders of such files.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from evals.json_files import read_json_lines, read_value
from evals.planted.edits import Kind
from evals.planted.errors import Planted, generate
from evals.planted.telling import one_sentence, percent
from evals.statistics.rates import wilson
from evals.types import Interval
from index.errors import BadInput
from rag.checks import by_rules, run

MEND = "give one object per line, or a list of objects"


@dataclass(frozen=True, slots=True)
class Row:
    """The shares of ``total`` claims of one kind that are flagged.

    ``alone`` is against the true sentence only, ``window`` against it with its neighbours. ``rules`` is like ``window``
    but without the shortcut that accepts verbatim sentences.
    """

    kind: Kind
    total: int
    alone: Interval
    window: Interval
    rules: Interval


def measure(planted: Iterable[Planted], limit: int, seed: int = 0) -> list[Row]:
    """One row per kind, over at most ``limit`` claims of it drawn at random."""
    by_kind: dict[Kind, list[Planted]] = defaultdict(list)
    for item in planted:
        by_kind[item.kind].append(item)
    chance = random.Random(seed)  # noqa: S311  (a repeatable draw, no secret)
    rows = []
    for kind in Kind:
        items = by_kind.get(kind, [])
        drawn = chance.sample(items, limit) if len(items) > limit else items
        if drawn:
            rows.append(_row(kind, drawn))
    return rows


def _row(kind: Kind, items: Sequence[Planted]) -> Row:
    # The three checks of an item run in succession, because the checks cache what they have parsed of its texts.
    flagged = [(run(i.claim, i.source), run(i.claim, i.window), by_rules(i.claim, i.window)) for i in items]
    alone, window, rules = (wilson(sum(map(bool, column)), len(items)) for column in zip(*flagged, strict=True))
    return Row(kind, len(items), alone, window, rules)


def table(rows: Sequence[Row]) -> str:
    """The rows as plain text: percentages with 95 % Wilson intervals."""
    lines = [f"{'':16} {'n':>6}  {'one sentence':>22}  {'with neighbours':>22}  {'rules alone':>22}"]
    for errors in (True, False):
        lines.append("planted errors: flagged" if errors else "true sentences: flagged")
        lines.extend(
            f"{row.kind:16} {row.total:6}  {percent(row.alone)}  {percent(row.window)}  {percent(row.rules)}"
            for row in rows
            if row.kind.is_error is errors
        )
    return "\n".join(lines)


def read_texts(paths: Sequence[Path]) -> Iterator[str]:
    """The article texts in the files and folders, in a stable order.

    Raises:
        BadInput: a path does not exist or has another format; the message names file and line.
    """
    for path in paths:
        if path.is_dir():
            yield from read_texts(sorted(p for p in path.iterdir() if p.suffix in {".txt", ".json", ".jsonl"}))
        elif not path.is_file():
            raise BadInput(f"{path}: no such file or folder; give files or folders of articles")
        elif path.suffix == ".jsonl":
            for number, line in read_json_lines(path, MEND):
                yield _text_of(line, f"{path}:{number}")
        elif path.suffix == ".json":
            for number, item in enumerate(read_value(path, MEND)):
                yield _text_of(item, f"{path}[{number}]")
        else:
            yield path.read_text("utf-8")


def _text_of(item: object, where: str) -> str:
    text = (item.get("text") or item.get("content")) if isinstance(item, dict) else None
    if not isinstance(text, str):
        raise BadInput(f"{where}: expected an object with text or content; {MEND}")
    return text


@click.command(help=__doc__)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--limit", default=1000, show_default=True, help="Maximum number of claims per kind.")
@click.option("--seed", default=0, show_default=True, help="Seed of the random choice of errors and claims.")
def main(paths: tuple[Path, ...], limit: int, seed: int) -> None:
    """Print the table."""
    with one_sentence():
        click.echo(table(measure(generate(read_texts(paths), seed), limit, seed)))


if __name__ == "__main__":
    main()
