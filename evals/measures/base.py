"""What a measure is, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from evals.replies import GivenReply
from evals.types import Case, CitedArticle, Failure, Judgement, Pair, Score, missing


@dataclass(frozen=True, slots=True)
class Asked:
    """One case with what came of it: all a measure may look at.

    ``judged`` is None where no judge was run; a pair that is not in it was given no verdict.
    """

    case: Case
    reply: GivenReply | None
    failure: Failure | None = None
    seconds: float = 0.0
    articles: Mapping[str, CitedArticle] = field(default_factory=dict)
    judged: Mapping[Pair, Judgement] | None = None


def _fit(_case: Case) -> str | None:
    return None


def _nothing_shown(_case: Case) -> Score:
    return missing("the chatbot failed")


def wrong(_case: Case) -> Score:
    """A crash where a right reply was due."""
    return Score(0.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """A named score on one case.

    ``unfit`` says why a case cannot be measured, whatever the reply. ``crashed`` scores a fit case whose reply never
    came: 0 where a right reply was due (``wrong``), nothing where the measure is about what was shown. ``judged`` marks
    measures that rest on a judge, ``verdicts`` those of them that are a plain share of its verdicts, so that its error
    can be taken out; ``minus`` those where less is better, ``pooled`` ratios whose denominator depends on the replies:
    two runs are compared on all the cases both were asked, not on those that count in both.
    """

    name: str
    about: str
    source: str
    of: Callable[[Asked, GivenReply], Score]
    group: Literal["reliability", "retrieval", "citations", "answers", "news", "refusal"]
    unfit: Callable[[Case], str | None] = _fit
    crashed: Callable[[Case], Score] = _nothing_shown
    judged: bool = False
    verdicts: bool = False
    minus: bool = False
    pooled: bool = False

    def score(self, asked: Asked) -> Score:
        """The score of one case."""
        reason = self.unfit(asked.case)
        if reason:
            return missing(reason)
        if asked.reply is None:
            return self.crashed(asked.case)
        return self.of(asked, asked.reply)


def answerable_with(present: Callable[[Case], object], reason: str) -> Callable[[Case], str | None]:
    """Fit are the cases to be answered for which ``present`` gives something; ``reason`` tells of the others."""
    return lambda case: None if case.answerable and present(case) else reason
