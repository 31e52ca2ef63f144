"""The filters of a question (dates and outlets) as plain values that SQLite, Chroma and tantivy compare identically."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.errors import BadInput
from index.types import Question

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Filters on articles; None means no limit.

    ``known_by`` is the latest time at which the text may first have been available; ``since`` and ``until`` limit the
    publication date. All three are inclusive and in microseconds since 1970 UTC. ``outlets`` are outlet keys; empty
    means every outlet.
    """

    known_by: int | None = None
    since: int | None = None
    until: int | None = None
    outlets: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: Question) -> Bounds:
        """Return the bounds of a question.

        Raises:
            BadInput: a date has no time zone.
        """
        return cls(
            known_by=_limit("as_of", question.as_of),
            since=_limit("since", question.since),
            until=_limit("until", question.until),
            outlets=tuple(sorted({outlet_key(outlet) for outlet in question.outlets})),
        )

    @property
    def is_open(self) -> bool:
        """Whether there are no limits at all."""
        return self == Bounds()

    @property
    def is_moment(self) -> bool:
        """Whether there is no limit other than ``known_by``.

        In that case, every article known before a visible one is visible too.
        """
        return self == self.only_known_by()

    def only_known_by(self) -> Bounds:
        """Return bounds with the same ``known_by`` and no other limit: everything available at that time."""
        return Bounds(known_by=self.known_by)


def microseconds(moment: datetime | None) -> int | None:
    """Convert to whole microseconds since 1970 UTC, without the rounding of a float timestamp; None stays None."""
    return None if moment is None else (moment - _EPOCH) // timedelta(microseconds=1)


def moment(since_1970: int | None) -> datetime | None:
    """Convert microseconds since 1970 UTC back to a datetime in UTC; None stays None."""
    return None if since_1970 is None else _EPOCH + timedelta(microseconds=since_1970)


def outlet_key(outlet: str) -> str:
    """Normalise an outlet name for comparison: case and surrounding white space are ignored."""
    return outlet.strip().casefold()


def _limit(name: str, moment: datetime | None) -> int | None:
    if moment is not None and moment.tzinfo is None:
        raise BadInput(
            f"{name} is {moment.isoformat()}, which has no time zone; write it as {moment.isoformat()}+00:00."
        )
    return microseconds(moment)
