"""Evidence cited: whether the answer cites the words that answer the question, not only the article they are in.

Source: ours; sentence-level evidence as in HotpotQA's supporting facts, Yang et al. 2018.
"""

from __future__ import annotations

from evals.measures.base import Asked, Measure, answerable_with, wrong
from evals.measures.places import touches
from evals.replies import GivenReply
from evals.types import Score


def _evidence_cited(asked: Asked, reply: GivenReply) -> Score:
    wanted = [relevant for relevant in asked.case.relevant if relevant.quotes]
    if not reply.answered:
        return Score(0.0)
    return Score(float(any(touches(c, relevant, asked) for c in reply.citations for relevant in wanted)))


EVIDENCE_CITED = Measure(
    name="evidence_cited",
    about="the answer cites the words that answer the question, not only the article they are in",
    source="ours; sentence-level evidence as in HotpotQA's supporting facts, Yang et al. 2018",
    of=_evidence_cited,
    group="citations",
    not_applicable=answerable_with(
        lambda case: any(r.quotes for r in case.relevant), "the case names no words to cite"
    ),
    crashed=wrong,
)
