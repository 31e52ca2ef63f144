"""Answer in text: whether a reference answer appears, as whole words, in the answer shown.

Source: accuracy by inclusion, Kandpal et al. 2023.
"""

from __future__ import annotations

from evals.measures.answers import answer_measure, contains
from evals.measures.statements import without_markers

ANSWER_IN_TEXT = answer_measure(
    "answer_in_text",
    "a reference answer appears in the answer shown",
    "accuracy by inclusion, Kandpal et al. 2023",
    lambda reply, answers: float(contains(without_markers(reply.answer), answers)),
)
