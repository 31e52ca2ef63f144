"""Types for published data sets, and how their files are found and read."""

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
    """Another system's answers on the same cases, by case id; ``about`` says where they come from."""

    system: str
    about: str
    answers: Mapping[str, str]


LONG_AFTER = datetime(2030, 1, 1, tzinfo=UTC)
"""A "now" after all articles, for suites whose questions span many weeks and none of which is "this week"."""


@dataclass(frozen=True, slots=True)
class Suite:
    """Cases and the articles to ask them over; ``articles`` is None if the user's own archive is asked.

    ``now`` is the current time for questions without ``as_of``; None means the date of the newest article.
    """

    name: str
    cases: tuple[Case, ...]
    articles: tuple[Article, ...] | None = None
    published: tuple[Published, ...] = ()
    now: datetime | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim with its evidence and people's label.

    The label is either ``supported`` or a ``rating`` (higher is better supported). ``kind`` names a slice of the set
    (kind of error, source). Items of one ``cluster`` (usually an article) are not independent.
    """

    id: str
    pair: Pair
    cluster: str
    supported: bool | None = None
    rating: float | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A published result on this data set, or on the whole of it if ours is a part."""

    system: str
    measure: str
    value: float
    source: str


@dataclass(frozen=True, slots=True)
class JudgeSet:
    """Claims labelled by people. In a ``choice`` set, two claims of a cluster compete and one of them is right."""

    name: str
    items: tuple[Labelled, ...]
    figures: tuple[Figure, ...] = field(default_factory=tuple)
    choice: bool = False


def find(data: Path, folder: str, pattern: str) -> list[Path]:
    """The files matching ``pattern`` in ``data/folder``, or else in ``data`` itself, sorted.

    Raises:
        BadInput: no file matches.
    """
    for place in (data / folder, data):
        found = sorted(place.glob(pattern))
        if found:
            return found
    raise absent(data, folder, pattern)


def absent(data: Path, folder: str, pattern: str) -> BadInput:
    """The error for missing files."""
    return BadInput(f"no {pattern} in {data / folder} or {data}; give the folder of the published files with --data")


def json_of(path: Path) -> Any:
    """The JSON value in a published file; raises like ``read_value``."""
    return read_value(path, MEND)


def lines_of(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line number and JSON object of each line of a published file; raises like ``read_json_lines``."""
    return read_json_lines(path, MEND)


def each(path: Path, make: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """Apply ``make`` to each line's object.

    Raises:
        BadInput: a line lacks a key that ``make`` needs.
    """
    for number, value in lines_of(path):
        try:
            yield make(value)
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise BadInput(f"{path}:{number}: not as published ({type(error).__name__}: {error})") from None
