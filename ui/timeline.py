"""The story behind an answer as a plot: which outlet published what and when, and what is cited. Pure functions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from index.types import Chunk
from rag.types import Answer, Citation
from ui import words
from ui.moments import day

STORY = 12
"""Number of top-ranked chunks whose articles are shown in the plot; cited articles always are."""

APART = 9.0
"""Minimum distance between two marks on one row, in percent of the width (the width of a mark on a phone)."""

_INTERVALS = 4
_DAY = timedelta(days=1)

_Source: TypeAlias = Chunk | Citation


@dataclass(frozen=True, slots=True)
class Mark:
    """One article; ``at`` is its position in time from 0 to 100, ``level`` its row within the lane, from 0."""

    article_id: str
    title: str
    outlet: str
    moment: datetime | None
    cited: tuple[int, ...] = ()
    at: float = 0.0
    level: int = 0

    @property
    def day(self) -> str:
        """The publication day, formatted for display."""
        return day(self.moment)


@dataclass(frozen=True, slots=True)
class Lane:
    """The articles of one outlet, oldest first, on ``levels`` rows."""

    outlet: str
    marks: tuple[Mark, ...]

    @property
    def levels(self) -> int:
        """Number of rows."""
        return max(mark.level for mark in self.marks) + 1


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled day on the axis, at a position from 0 to 100."""

    at: float
    name: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes in the order of their first article; ``undated`` articles have no position and are listed separately."""

    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    undated: tuple[Mark, ...]

    @property
    def marks(self) -> tuple[Mark, ...]:
        """All articles, dated ones first."""
        return (*(mark for lane in self.lanes for mark in lane.marks), *self.undated)


def timeline(answer: Answer) -> Timeline | None:
    """Return the timeline of an answer, or None if it has fewer than two articles."""
    marks = list(_marks(answer))
    if len(marks) < 2:
        return None
    dated = sorted(((mark.moment, mark) for mark in marks if mark.moment), key=lambda pair: pair[0])
    undated = tuple(mark for mark in marks if not mark.moment)
    if not dated:
        return Timeline((), (), undated)
    axis = _Axis.over([moment for moment, _ in dated])
    placed = [replace(mark, at=axis.at(moment)) for moment, mark in dated]
    lanes = (Lane(outlet, _stacked(placed, outlet)) for outlet in dict.fromkeys(mark.outlet for mark in placed))
    return Timeline(tuple(lanes), axis.ticks(), undated)


def _marks(answer: Answer) -> Iterator[Mark]:
    """Yield the cited articles, then the other top-ranked ones, each article once."""
    found = (scored.chunk for scored in answer.trace.retrieved[:STORY])
    seen: set[str] = set()
    sources: Iterable[_Source] = (*answer.citations, *found)
    for source in sources:
        if source.article_id in seen:
            continue
        seen.add(source.article_id)
        cited = tuple(one.number for one in answer.citations if one.article_id == source.article_id)
        yield Mark(
            article_id=source.article_id,
            title=words.title(source.title),
            outlet=source.outlet or words.UNKNOWN_OUTLET,
            moment=source.published or source.updated,
            cited=cited,
        )


@dataclass(frozen=True, slots=True)
class _Axis:
    """The days from the first to the last article, midnight to midnight in UTC."""

    first: datetime
    last: datetime

    @classmethod
    def over(cls, moments: Sequence[datetime]) -> _Axis:
        days = [moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) for moment in moments]
        return cls(min(days), max(days))

    def at(self, moment: datetime) -> float:
        length = self.last + _DAY - self.first
        return round(100 * ((moment - self.first) / length), 2)

    def ticks(self) -> tuple[Tick, ...]:
        length = (self.last - self.first).days
        step = max(1, math.ceil(length / _INTERVALS))
        days = [self.first + _DAY * passed for passed in range(0, length + 1, step)]
        form = "%b" if self.first.year == self.last.year else "%b %Y"
        return tuple(Tick(self.at(one + _DAY / 2), f"{one.day} {one:{form}}") for one in days)


def _stacked(placed: Sequence[Mark], outlet: str) -> tuple[Mark, ...]:
    """Place each mark of a lane on the first row where it overlaps no other."""
    rows: list[float] = []
    stacked = []
    for mark in placed:
        if mark.outlet != outlet:
            continue
        level = next((row for row, taken in enumerate(rows) if mark.at - taken >= APART), len(rows))
        rows[level:] = [mark.at, *rows[level + 1 :]]
        stacked.append(replace(mark, level=level))
    return tuple(stacked)
