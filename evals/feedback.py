"""Drafts golden cases from users' feedback on replies. A person has to correct them before use.

The chat window appends one JSON object per line to ``feedback.jsonl`` in the archive's folder. A reply that was liked
becomes a case that expects the same behaviour, with the words the reply cited. A reply that was disliked becomes a case
without an expectation: the checker rejects it until a person says which articles answer the question, or that none do.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from evals.golden import DRAFT
from evals.json_files import read_json_lines
from evals.moments import First, Last
from evals.replies import GivenReply, first_fault
from evals.types import Case, Expect, Relevant
from index.errors import BadInput
from rag.types import AbstentionReason

FEEDBACK = "feedback"
MEND = "correct or remove the line"
TO_EDIT = "to-edit"
"""Tag of a draft whose expectation is not known yet."""


def _empty_to_none(value: object) -> object:
    return None if value in {"", None} else value


def _none_to_empty(value: object) -> object:
    return value or []


class _Feedback(BaseModel):
    model_config = ConfigDict(extra="ignore")
    id: Annotated[str, Field(min_length=1)]
    time: str | None = None
    verdict: Literal["up", "down"]
    comment: str | None = None
    question: Annotated[str, Field(min_length=1)]
    turns: Annotated[list[str], BeforeValidator(_none_to_empty)] = []
    as_of: Annotated[Last | None, BeforeValidator(_empty_to_none)] = None
    since: Annotated[First | None, BeforeValidator(_empty_to_none)] = None
    until: Annotated[Last | None, BeforeValidator(_empty_to_none)] = None
    outlets: Annotated[list[str], BeforeValidator(_none_to_empty)] = []
    reply: GivenReply

    @property
    def about(self) -> tuple[object, ...]:
        """What was judged: the question with its filters, and the reply. Verdicts with the same key are merged."""
        asked = (self.question, *self.turns, self.as_of, self.since, self.until, *self.outlets)
        return (*asked, self.reply.status, self.reply.answer)


def feedback_cases(path: Path) -> list[Case]:
    """One draft for each judged reply, in the file's order.

    If a reply was judged several times, the last verdict counts and the case's note lists all of them.

    Raises:
        BadInput: the file does not exist or holds no verdict, or a line is not in the chat window's format.
    """
    if not path.is_file():
        raise BadInput(f"there is no {path}; the chat window writes feedback.jsonl into the archive's folder")
    found: dict[tuple[object, ...], list[_Feedback]] = {}
    for number, line in read_json_lines(path, MEND):
        one = _read(path, number, line)
        found.setdefault(one.about, []).append(one)
    if not found:
        raise BadInput(f"{path} holds no verdict yet; judge some replies in the chat window first")
    return [_case(said) for said in found.values()]


def _read(path: Path, number: int, line: dict[str, Any]) -> _Feedback:
    try:
        return _Feedback.model_validate(line)
    except ValidationError as error:
        raise BadInput(f"{path}:{number}: not a line of feedback: {first_fault(error)}; {MEND}") from None


def _case(said: Sequence[_Feedback]) -> Case:
    one = said[-1]
    liked = one.verdict == "up"
    expect, reason, relevant = _expected(one.reply) if liked else (Expect.ANSWER, None, ())
    alone = one.reply.claims[0] if liked and one.reply.answered and len(one.reply.claims) == 1 else None
    return Case(
        id=f"{FEEDBACK}-{one.id}",
        question=one.question,
        expect=expect,
        turns=tuple(one.turns),
        as_of=one.as_of,
        since=one.since,
        until=one.until,
        outlets=tuple(one.outlets),
        reason=reason,
        relevant=relevant,
        speaker=alone.attribution.speaker if alone and alone.attribution else None,
        certainty=alone.certainty if alone else None,
        tags=(DRAFT, FEEDBACK) if liked else (DRAFT, FEEDBACK, TO_EDIT),
        note=_note(said),
    )


def _expected(reply: GivenReply) -> tuple[Expect, AbstentionReason | None, tuple[Relevant, ...]]:
    """Expectation, reason and relevant articles of a liked reply: its refusal, or the articles and words it cited."""
    if not reply.answered:
        return Expect.REFUSE, reply.reason, ()
    quotes: dict[str, list[str]] = {}
    for claim in reply.claims:
        for citation in reply.cited(claim):
            quotes.setdefault(citation.article_id, []).append(citation.quote)
    relevant = tuple(Relevant(article, tuple(dict.fromkeys(words))) for article, words in quotes.items())
    shown = any(len(_sides(reply, conflict.citations)) > 1 for conflict in reply.conflicts)
    return (Expect.CONFLICT if shown else Expect.ANSWER), None, relevant


def _sides(reply: GivenReply, numbers: tuple[int, ...]) -> set[str]:
    return {citation.article_id for citation in reply.citations if citation.number in numbers}


def _note(said: Sequence[_Feedback]) -> str:
    """The verdicts, comments and reply in one line, for the person who edits the draft."""
    one = said[-1]
    what = "It was answered" if one.reply.answered else "It was refused"
    replied = f"{what}: {one.reply.answer}" if one.verdict == "down" else f"{what}."
    return " ".join(f"{'; '.join(map(_told, said))}. {replied}".split())


def _told(one: _Feedback) -> str:
    judged = f"judged {one.verdict}" + (f" on {one.time}" if one.time else "")
    return judged + (f", saying “{one.comment.strip()}”" if one.comment and one.comment.strip() else "")
