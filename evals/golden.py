"""Strict reader of golden sets (JSON lines, one case per line). Every bad line is reported with its fix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.moments import First, Last
from evals.replies import first_fault
from evals.types import Case, Expect, Relevant
from index.errors import BadInput
from index.types import Article, Problem
from rag.types import AbstentionReason, Certainty

DRAFT = "draft"
"""Tag of a case that nobody has reviewed yet."""

SHOWN = 3
"""Number of problems named in one error message; ``dateline eval check`` lists all."""


class BadGoldenSet(BadInput):
    """A golden set with invalid lines; ``problems`` lists them."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        shown = [f"{p.path}:{p.line}: {p.problem}" for p in self.problems[:SHOWN]]
        more = len(self.problems) - len(shown)
        super().__init__("; ".join(shown) + (f"; and {more} more, which `dateline eval check` lists" if more else ""))


Text = Annotated[str, Field(min_length=1)]


class _RelevantLine(BaseModel):
    model_config = ConfigDict(extra="forbid")
    article_id: Text
    quotes: list[Text] = []


class _CaseLine(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: Text
    question: Text
    expect: Expect
    turns: list[Text] = []
    as_of: Last | None = None
    since: First | None = None
    until: Last | None = None
    outlets: list[Text] = []
    reason: AbstentionReason | None = None
    relevant: list[_RelevantLine] = []
    answers: list[Text] = []
    speaker: Text | None = None
    certainty: Certainty | None = None
    tags: list[Text] = []
    note: Text | None = None

    def case(self) -> Case:
        return Case(
            id=self.id,
            question=self.question,
            expect=self.expect,
            turns=tuple(self.turns),
            as_of=self.as_of,
            since=self.since,
            until=self.until,
            outlets=tuple(self.outlets),
            reason=self.reason,
            relevant=tuple(Relevant(r.article_id, tuple(r.quotes)) for r in self.relevant),
            answers=tuple(self.answers),
            speaker=self.speaker,
            certainty=self.certainty,
            tags=tuple(self.tags),
            note=self.note,
        )


def read_cases(path: Path) -> list[Case]:
    """The cases of a golden set, in the file's order; raises as ``read_lines`` does."""
    return list(read_lines(path).values())


def read_lines(path: Path) -> dict[int, Case]:
    """The cases of a golden set by line number, in the file's order.

    Raises:
        BadGoldenSet: some lines are no cases, contradict themselves or repeat an id; every one is named.
        BadInput: there is no such file, it is not UTF-8, or it holds no case.
    """
    cases: dict[int, Case] = {}
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        case = _read_line(line)
        if isinstance(case, str):
            problems.append(Problem(path, number, case))
            continue
        fault = _contradiction(case)
        if case.id in seen:
            fault = f"id {case.id!r} stands on line {seen[case.id]} already; give this case its own"
        seen.setdefault(case.id, number)
        if fault:
            problems.append(Problem(path, number, fault))
        cases[number] = case
    if problems:
        raise BadGoldenSet(problems)
    if not cases:
        raise BadInput(f"{path} holds no case; write one JSON object per line, as `dateline eval new` does")
    return cases


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise BadInput(f"cannot read the golden set {path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise BadInput(f"{path}:{line}: not UTF-8; save the file as UTF-8") from None


def _read_line(line: str) -> Case | str:
    """The case on a line, or one sentence that says what is wrong with the line."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return f"not JSON: {error.msg} at column {error.colno}; write one object per line"
    if not isinstance(value, dict):
        return f"expected a JSON object, found {type(value).__name__}; write one object per line"
    try:
        return _CaseLine.model_validate(value).case()
    except ValidationError as error:
        return first_fault(error)


def _contradiction(case: Case) -> str | None:
    """The reason why a well-formed case cannot be scored, or None."""
    refuse = case.expect is Expect.REFUSE
    faults = {
        '"since" is later than "until"; swap them': bool(case.since and case.until and case.since > case.until),
        'expects a refusal but has "answers"; empty them or expect "answer"': refuse and bool(case.answers),
        '"reason" is for refusals; remove it or expect "refuse"': not refuse and bool(case.reason),
        'names neither "relevant" articles nor "answers"; without one nothing can be scored': not refuse
        and not (case.relevant or case.answers),
        'expects a conflict but names fewer than two "relevant" articles; name both sides': case.expect
        is Expect.CONFLICT
        and len(case.relevant) < 2,
    }
    return next((fault for fault, holds in faults.items() if holds), None)


def check_against(lines: Mapping[int, Case], articles: Mapping[str, Article], path: Path) -> list[Problem]:
    """Problems of cases with their articles: an unknown id, a quote not in the article, an article after ``as_of``."""
    problems: list[Problem] = []
    for number, case in lines.items():
        problems += [Problem(path, number, f"case {case.id}: {fault}") for fault in _faults(case, articles)]
    return problems


def _faults(case: Case, articles: Mapping[str, Article]) -> list[str]:
    faults: list[str] = []
    for relevant in case.relevant:
        article = articles.get(relevant.article_id)
        if article is None:
            faults.append(f"article {relevant.article_id!r} is not in the archive; check the id with `dateline list`")
            continue
        faults += [
            f"{quote!r} is not in {relevant.article_id!r}; copy the exact words"
            for quote in relevant.quotes
            if quote not in article.text
        ]
        known = article.known_from
        if case.answerable and case.as_of and (known is None or known > case.as_of):
            faults.append(f"{relevant.article_id!r} is not yet known as of {case.as_of.isoformat()}")
    return faults


def refuse_drafts(lines: Mapping[int, Case], path: Path) -> None:
    """Reject a golden set with cases that nobody has reviewed.

    Raises:
        BadGoldenSet: some cases still have the tag ``draft``.
    """
    drafts = [number for number, case in lines.items() if DRAFT in case.tags]
    if drafts:
        mend = 'still a draft; correct it and remove the tag "draft"'
        raise BadGoldenSet(Problem(path, number, mend) for number in drafts)


def case_json(case: Case) -> dict[str, Any]:
    """A case as one line of a golden set: keys in the documented order, without empty ones."""
    line: dict[str, Any] = {"id": case.id, "question": case.question}
    if case.turns:
        line["turns"] = list(case.turns)
    line |= {name: moment.isoformat() for name in ("as_of", "since", "until") if (moment := getattr(case, name))}
    if case.outlets:
        line["outlets"] = list(case.outlets)
    line["expect"] = case.expect.value
    line |= {name: str(value) for name in ("reason",) if (value := getattr(case, name))}
    if case.relevant:
        line["relevant"] = [{"article_id": r.article_id, "quotes": list(r.quotes)} for r in case.relevant]
    if case.answers:
        line["answers"] = list(case.answers)
    line |= {name: str(value) for name in ("speaker", "certainty") if (value := getattr(case, name))}
    if case.tags:
        line["tags"] = list(case.tags)
    if case.note:
        line["note"] = case.note
    return line
