"""What part of an archive a question may see, as plain numbers that all three stores compare alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from index.errors import BadInput
from index.types import Question

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits on an article; None is no limit.

    ``known_by`` bounds when its text could first be read, ``since`` and ``until`` its publication (both inclusive),
    all in microseconds since 1970 UTC. ``outlets`` are outlet keys; empty means every outlet.
    """

    known_by: int | None = None
    since: int | None = None
    until: int | None = None
    outlets: tuple[str, ...] = ()

    @classmethod
    def of(cls, question: Question) -> Bounds:
        """The bounds a question states.

        Raises:
            BadInput: a date without a time zone, which could be any of two days.
        """
        return cls(
            known_by=_limit("as_of", question.as_of),
            since=_limit("since", question.since),
            until=_limit("until", question.until),
            outlets=tuple(sorted({outlet_key(outlet) for outlet in question.outlets})),
        )

    @property
    def is_open(self) -> bool:
        """Whether everything may be seen."""
        return self == Bounds()

    @property
    def is_moment(self) -> bool:
        """Whether nothing but the moment limits: then whoever was known before an article is within bounds with it."""
        return self == self.only_known_by()

    def only_known_by(self) -> Bounds:
        """The same moment without the other limits: what the asker could have read."""
        return Bounds(known_by=self.known_by)


def microseconds(moment: datetime | None) -> int | None:
    """Whole microseconds since 1970 UTC, exact (a float of seconds would not be); None stays None."""
    return None if moment is None else (moment - _EPOCH) // timedelta(microseconds=1)


def moment(since_1970: int | None) -> datetime | None:
    """The moment, in UTC, of ``microseconds``; None stays None."""
    return None if since_1970 is None else _EPOCH + timedelta(microseconds=since_1970)


def outlet_key(outlet: str) -> str:
    """What outlets are compared by: case and surrounding white space do not count."""
    return outlet.strip().casefold()


def _limit(name: str, moment: datetime | None) -> int | None:
    if moment is not None and moment.tzinfo is None:
        raise BadInput(
            f"{name} is {moment.isoformat()}, which has no time zone; write it as {moment.isoformat()}+00:00."
        )
    return microseconds(moment)
