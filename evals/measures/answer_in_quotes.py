"""Answer in quotes: whether a reference answer stands in the words the answer cites.

Source: ours. An answer is right, and shown where it stands.
"""

from __future__ import annotations

from evals.measures.answers import answer_measure, contains
from evals.replies import GivenReply


def _quoted(reply: GivenReply) -> str:
    return " … ".join(citation.quote for citation in reply.citations)


ANSWER_IN_QUOTES = answer_measure(
    "answer_in_quotes",
    "a reference answer stands in the words the answer cites",
    "ours: right, and shown where it stands",
    lambda reply, answers: float(contains(_quoted(reply), answers)),
)
