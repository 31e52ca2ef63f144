"""What a published data set becomes, and how its files are found and read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from evals.json_files import read_json_lines, read_value
from evals.types import Case, Pair
from index.errors import BadInput
from index.types import Article

T = TypeVar("T")
MEND = "fetch the published file again"


@dataclass(frozen=True, slots=True)
class Published:
    """What another system gave on the same cases, by case id; ``about`` says what it is."""

    system: str
    about: str
    answers: Mapping[str, str]


LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
"""A present in which nothing is new any more: for questions of many weeks, of which none is "this week"."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases and the articles to ask them of (None: the archive is the user's own).

    ``now`` is the present for questions without a moment of their own; None: that of the newest article.
    """

    name: str
    cases: tuple[Case, ...]
    articles: tuple[Article, ...] | None = None
    published: tuple[Published, ...] = ()
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its evidence and what people made of it.

    ``supported`` is their verdict, or None where they gave a ``rating`` (higher is better supported). ``kind`` slices
    the set (kind of error, source), ``cluster`` names what is not independent (the article).
    """

    id: str
    pair: Pair
    cluster: str
    supported: bool | None = None
    rating: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure somebody published on this data (or on all of it, where ours is a part)."""

    system: str
    measure: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class JudgeSet:
    """Claims labelled by people. ``choice`` marks sets where two claims of one cluster compete and one is right."""

    name: str
    items: tuple[Labelled, ...]
    figures: tuple[Figure, ...] = field(default_factory=tuple)
    choice: bool = False


def find(data: Path, folder: str, pattern: str) -> list[Path]:
    """The files matching ``pattern`` in ``data/folder``, or in ``data`` itself, sorted.

    Raises:
        BadInput: there is none.
    """
    for place in (data / folder, data):
        found = sorted(place.glob(pattern))
        if found:
            return found
    raise absent(data, folder, pattern)


def absent(data: Path, folder: str, pattern: str) -> BadInput:
    """What to say where no file matches."""
    return BadInput(f"no {pattern} in {data / folder} or {data}; give the folder of the published files with --data")


def json_of(path: Path) -> Any:
    """The JSON in a published file; raises as ``read_value`` does."""
    return read_value(path, MEND)


def lines_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and JSON object of each line of a published file; raises as ``read_json_lines`` does."""
    return read_json_lines(path, MEND)


def each(path: Path, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """``make`` of each line's object.

    Raises:
        BadInput: a line lacks a key that ``make`` needs.
    """
    for number, value in lines_of(path):
        try:
            yield make(value)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise BadInput(f"{path}:{number}: not as published ({type(error).__name__}: {error})") from None
