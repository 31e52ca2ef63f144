"""RealTimeQA: weekly news quizzes with the articles they were written from (Kasai et al. 2023).

The data also holds the outputs of the paper's systems. Generated answers are scored on the same cases with the same
measures. Multiple-choice outputs are left out, because choosing among four options is a different task.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.formats.base import LONG_AFTER, Published, Suite, each, find
from evals.types import Case, Expect, Relevant
from index.types import Article

_GENERATED = "_gen"
_QUOTES = "“”\"'‘’ "


def realtimeqa(data: Path) -> Suite:
    """The suite ``realtimeqa``: all questions, over all weeks' articles pooled into one archive."""
    cases = tuple(case for path in find(data, "realtimeqa", "questions_2022*.jsonl") for case in each(path, _case))
    found = tuple(one for path in find(data, "realtimeqa", "articles_2022*.jsonl") for one in each(path, _article))
    asked = {case.id for case in cases}
    return Suite("realtimeqa", cases, found, tuple(_published(data, asked)), LONG_AFTER)


def _case(line: dict[str, Any]) -> Case:
    answers = tuple(dict.fromkeys(answer.strip(_QUOTES) for answer in line["answer"]))
    relevant = tuple(Relevant(article_id) for article_id in line["gold_doc_ids"])
    wording = "answer-in-article" if line["answer_string_in_gold"] else "answer-reworded"
    tags = (wording, f"asked:{line['question_date'].replace('/', '-')}")
    return Case(line["question_id"], line["question"], Expect.ANSWER, relevant=relevant, answers=answers, tags=tags)


def _article(line: dict[str, Any]) -> Article:
    return Article(
        id=line["doc_id"],
        title=line["title"],
        text=line["text"],
        url=line["url"],
        author=", ".join(line["authors"] or ()) or None,
        published=_day(line["publish_date"]),
    )


def _day(text: str | None) -> datetime | None:
    return datetime.strptime(text, "%Y/%m/%d").replace(tzinfo=UTC) if text else None


def _published(data: Path, asked: set[str]) -> Iterator[Published]:
    answers: dict[str, dict[str, str]] = {}
    for path in find(data, "realtimeqa", "baseline_outputs_2022*.jsonl"):
        for system, case_id, prediction in each(path, lambda x: (x["system"], x["question_id"], x["prediction"])):
            if system.endswith(_GENERATED) and case_id in asked and isinstance(prediction, str):
                answers.setdefault(system, {})[case_id] = prediction
    for system, given in sorted(answers.items()):
        yield Published(system, "published output of Kasai et al. 2023", given)
