"""Premise shown: the share of questions with a false premise that are refused citing the words that contradict it.

Source: ours; after FalseQA, Hu et al. 2023 (arXiv 2307.02394), with the contradicting evidence as a citation.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, wrong
from evals.measures.places import touches
from evals.replies import GivenReply
from evals.types import Case, Score

FALSE_PREMISE = "false-premise"
"""Tag of a case to be refused whose ``relevant`` articles contradict what the question assumes."""


def _unfit(case: Case) -> str | None:
    contradicted = FALSE_PREMISE in case.tags and not case.answerable and case.relevant
    return None if contradicted else "no article contradicts the question's premise"


def _premise_shown(asked: Asked, reply: GivenReply) -> Score:
    against = [c for c in reply.citations if c.number == reply.premise]
    return Score(float(any(touches(c, relevant, asked) for c in against for relevant in asked.case.relevant)))


PREMISE_SHOWN = Measure(
    name="premise_shown",
    about="a question with a false premise is refused with a citation of the words that contradict it",
    source="ours; after FalseQA, Hu et al. 2023 (arXiv 2307.02394)",
    of=_premise_shown,
    group="refusal",
    not_applicable=_unfit,
    crashed=wrong,
)
