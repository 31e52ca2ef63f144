"""The ``Measure`` type and its input."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from evals.replies import GivenReply
from evals.types import Case, CitedArticle, Failure, Judgement, Pair, Score, missing


@dataclass(frozen=True, slots=True)
class Asked:
    """A case and its outcome: everything that a measure may look at.

    ``seconds`` is wall time. ``judged`` is None if no judge was run; a pair missing from it has no verdict.
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
    """Score 0 for a crash on a case that has a right reply."""
    return Score(0.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """A named score of one case.

    Attributes:
        name: the key in files, gates and reports.
        about: the definition shown in reports, without a full stop.
        source: where the definition comes from.
        of: scores a reply.
        group: the topic of the measure.
        not_applicable: the reason why a case cannot be measured whatever the reply is, or None.
        crashed: scores a measurable case on which the chatbot failed. It gives 0 if the case has a right reply
            (``wrong``), and no score if the measure is about what was shown.
        judged: the measure depends on a judge's verdicts.
        verdicts: it is the plain share of positive verdicts, so it can be corrected for the judge's error.
        lower_is_better: lower is better.
        pooled: its denominator depends on the replies. Two runs are then compared on all cases that both were asked,
            not only on the cases that count in both.
    """

    name: str
    about: str
    source: str
    of: Callable[[Asked, GivenReply], Score]
    group: Literal["reliability", "retrieval", "citations", "answers", "news", "refusal"]
    not_applicable: Callable[[Case], str | None] = _fit
    crashed: Callable[[Case], Score] = _nothing_shown
    judged: bool = False
    verdicts: bool = False
    lower_is_better: bool = False
    pooled: bool = False

    def score(self, asked: Asked) -> Score:
        """The score of one case."""
        reason = self.not_applicable(asked.case)
        if reason:
            return missing(reason)
        if asked.reply is None:
            return self.crashed(asked.case)
        return self.of(asked, asked.reply)


def answerable_with(present: Callable[[Case], object], reason: str) -> Callable[[Case], str | None]:
    """A ``not_applicable`` function: answerable cases for which ``present`` is true apply; others get ``reason``."""
    return lambda case: None if case.answerable and present(case) else reason
