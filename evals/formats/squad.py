"""SQuAD 2.0 and XQuAD: questions over paragraphs (Rajpurkar et al. 2018; Artetxe et al. 2020).

Half of SQuAD 2.0's development questions are unanswerable. All paragraphs are pooled into one archive, which includes
the paragraph each unanswerable question was written to look answerable from. Reads the official JSON
(``data[].paragraphs[].qas[]``) and the re-hosted pair ``queries.json`` and ``ground_truth.json``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from evals.formats.base import Suite, absent, json_of
from evals.types import Case, Expect, Relevant
from index.errors import BadInput
from index.types import Article
from rag.types import AbstentionReason


def squad2(data: Path) -> Suite:
    """The suite ``squad2``."""
    return _suite("squad2", data, "squad2*", ("*.json",))


def xquad(data: Path) -> Suite:
    """The suite ``xquad`` (English part; every question has an answer)."""
    return _suite("xquad", data, "xquad*", ("xquad.en.json", "*.json"))


def _suite(name: str, data: Path, folder: str, patterns: Sequence[str]) -> Suite:
    places = [place for place in sorted(data.glob(folder)) if place.is_dir()] or [data]
    for place in places:
        if (place / "queries.json").exists():
            return _pooled(name, _rehosted(place))
        for pattern in patterns:
            found = sorted(place.glob(pattern))
            if found:
                return _pooled(name, _official(found[0]))
    raise absent(data, folder, f"queries.json or {patterns[0]}")


Asked = tuple[str, str, str, list[str]]
"""Question id, question, paragraph, answers (empty if unanswerable)."""


def _official(path: Path) -> Iterator[Asked]:
    try:
        for article in json_of(path)["data"]:
            for paragraph in article["paragraphs"]:
                for qa in paragraph["qas"]:
                    answers = [] if qa.get("is_impossible") else [answer["text"] for answer in qa["answers"]]
                    yield qa["id"], qa["question"], paragraph["context"], answers
    except (KeyError, TypeError) as error:
        raise BadInput(f"{path}: not SQuAD JSON ({type(error).__name__}: {error})") from None


def _rehosted(place: Path) -> Iterator[Asked]:
    truth: dict[str, Any] = json_of(place / "ground_truth.json")
    try:
        for query in json_of(place / "queries.json")["queries"]:
            gold = truth[query["id"]]
            yield query["id"], query["question"], query["context"], [] if gold["is_impossible"] else gold["answers"]
    except (KeyError, TypeError) as error:
        raise BadInput(f"{place}: not as published ({type(error).__name__}: {error})") from None


def _pooled(name: str, asked: Iterator[Asked]) -> Suite:
    articles: dict[str, Article] = {}
    cases: list[Case] = []
    for question_id, question, context, answers in asked:
        article_id = "p" + hashlib.sha256(context.encode()).hexdigest()[:12]
        articles.setdefault(article_id, Article(article_id, None, context))
        cases.append(_case(question_id, question.strip(), article_id, list(dict.fromkeys(answers))))
    return Suite(name, tuple(cases), tuple(articles.values()))


def _case(question_id: str, question: str, article_id: str, answers: list[str]) -> Case:
    story = f"story:{article_id}"
    if not answers:
        return Case(
            question_id, question, Expect.REFUSE, reason=AbstentionReason.NOT_IN_ARTICLES, tags=("unanswerable", story)
        )
    relevant = (Relevant(article_id),)
    return Case(
        question_id, question, Expect.ANSWER, relevant=relevant, answers=tuple(answers), tags=("answerable", story)
    )
