"""Scores the published answers of other systems on the same cases, with the same measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.formats.base import Published
from evals.measures.answer_in_text import ANSWER_IN_TEXT
from evals.measures.base import Asked
from evals.measures.exact_match import EXACT_MATCH
from evals.measures.token_f1 import TOKEN_F1
from evals.replies import GivenReply
from evals.score import score_asked
from evals.types import Case, Summary

MEASURES = (ANSWER_IN_TEXT, EXACT_MATCH, TOKEN_F1)


@dataclass(frozen=True, slots=True)
class Row:
    """One system with its scores on the measures that only need an answer's text."""

    system: str
    about: str
    summaries: Mapping[str, Summary]


def score_published(cases: Sequence[Case], published: Sequence[Published]) -> list[Row]:
    """One row per system. A case that a system has no answer for counts as a failure."""
    return [_row(cases, one) for one in published]


def _row(cases: Sequence[Case], one: Published) -> Row:
    asked = [Asked(case, _reply(one.answers.get(case.id))) for case in cases]
    return Row(one.system, one.about, score_asked(asked, None, MEASURES).summaries)


def _reply(answer: str | None) -> GivenReply | None:
    return None if answer is None else GivenReply(status="answered", answer=answer)
