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


@dataclass(frozen=True, slots=True)
class Measure:
    """A named score on one case.

    ``on_failure`` is the value where the chatbot crashed (a crash is a wrong answer); None: the measure is about what
    was shown, and does not apply. ``judged`` marks measures that rest on a judge. ``minus`` marks measures where
    less is better.
    """

    name: str
    about: str
    source: str
    of: Callable[[Asked, GivenReply], Score]
    group: Literal["reliability", "retrieval", "citations", "answers", "news", "refusal"]
    on_failure: float | None = None
    judged: bool = False
    minus: bool = False

    def score(self, asked: Asked) -> Score:
        """The score of one case."""
        if asked.reply is None:
            return missing("the chatbot failed") if self.on_failure is None else Score(self.on_failure)
        return self.of(asked, asked.reply)
