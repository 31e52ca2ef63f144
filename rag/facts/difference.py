"""The data type for a fact on which two texts differ."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from rag.facts.figures import Fact


class Topic(StrEnum):
    """The kind of fact on which two texts differ."""

    NUMBER = "number"
    DATE = "date"
    PLACE = "place"
    CAUSE = "cause"
    DENIAL = "denial"
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that two texts give differently.

    Attributes:
        topic: the kind of fact.
        about: a key that identifies the fact.
        says: what each text gives; empty for a denial.
        figures: the two amounts, if the topic is a number.
        named: the fact described in words of the texts; empty if they do not name it.
    """

    topic: Topic
    about: str
    says: tuple[str, ...] = ()
    figures: tuple[Fact, ...] = ()
    named: str = ""

    @property
    def name(self) -> str:
        """The description to show to users."""
        return self.named or self.about

    @property
    def turned(self) -> Difference:
        """The same difference with the two texts swapped."""
        return replace(self, says=self.says[::-1], figures=self.figures[::-1])
