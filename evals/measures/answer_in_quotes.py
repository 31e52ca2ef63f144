"""Answer in quotes: whether a reference answer appears in the quotes that the answer cites.

Source: ours. It asks for a correct answer together with its evidence.
"""

from __future__ import annotations

from evals.measures.answers import answer_measure, contains
from evals.replies import GivenReply


def _quoted(reply: GivenReply) -> str:
    return " … ".join(citation.quote for citation in reply.citations)


ANSWER_IN_QUOTES = answer_measure(
    "answer_in_quotes",
    "a reference answer appears in the quotes that the answer cites",
    "ours: a correct answer together with its evidence",
    lambda reply, answers: float(contains(_quoted(reply), answers)),
)
