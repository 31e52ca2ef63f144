"""Drafts come from an archive's own sentences, are tagged as drafts, and agree with their sentence."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from evals.drafting import Asked, Questions, draft_cases, read_question, template_questions
from evals.golden import check_against
from evals.types import Case, Expect
from index.errors import BadInput
from index.types import Article
from rag.types import Certainty

TEXT = (
    "Some 120 people were taken to hospital after the fire in the old market hall. "
    "Ida Brandt was elected mayor of Arlow on Monday after a long night of counting. "
    "The pump allegedly failed because nobody had looked at it for years, a neighbour said."
)
ARTICLE = Article("x", "Fire", TEXT, published=datetime(2026, 5, 4, tzinfo=UTC))


def drafted(articles: Sequence[Article], make: Questions, count: int, seed: int) -> list[Case]:
    by_id = {article.id: article for article in articles}
    return draft_cases(list(by_id), by_id.__getitem__, make, count, seed)


def test_only_the_articles_that_are_asked_about_are_read() -> None:
    read: list[str] = []

    def article_of(name: str) -> Article:
        read.append(name)
        return Article(name, None, TEXT.replace("Arlow", name))

    cases = draft_cases([f"Town{n}" for n in range(500)], article_of, template_questions(1), 6, 1)
    assert len(cases) == 6
    assert len(set(read)) == len(read) <= 12


def test_an_article_is_used_again_once_all_articles_were_used() -> None:
    articles = [Article(name, None, TEXT.replace("Arlow", name)) for name in ("Aville", "Bville")]
    cases = drafted(articles, lambda sentence: Asked("Who?", sentence.split()[0]), 4, 0)
    asked = [case.relevant[0].article_id for case in cases]
    assert asked[:2] == asked[2:]
    assert set(asked) == {"Aville", "Bville"}
    assert len({case.relevant for case in cases}) == 4


def test_template_questions_have_their_answer_in_the_cited_sentence() -> None:
    cases = drafted([ARTICLE], template_questions(1), 10, 1)
    assert cases
    assert all("draft" in case.tags for case in cases)
    for case in cases:
        assert not check_against({1: case}, {"x": ARTICLE}, None) if case.relevant else True  # type: ignore[arg-type]
        assert all(answer in TEXT for answer in case.answers)


def test_the_same_seed_drafts_the_same_cases() -> None:
    assert drafted([ARTICLE], template_questions(3), 5, 3) == drafted([ARTICLE], template_questions(3), 5, 3)


def test_a_draft_keeps_the_speaker_and_certainty_of_its_sentence() -> None:
    (case, *_) = [
        c
        for c in drafted([ARTICLE], lambda s: Asked("Why?", "The pump") if "pump" in s else None, 1, 0)
        if c.expect is Expect.ANSWER
    ]
    assert case.certainty is Certainty.ALLEGED
    assert case.speaker == "a neighbour"


def test_every_fifth_draft_is_limited_to_a_time_before_its_article_and_expects_a_refusal() -> None:
    articles = [
        Article(f"a{n}", None, TEXT.replace("Arlow", f"Town{n}"), published=ARTICLE.published) for n in range(9)
    ]
    cases = drafted(articles, lambda s: Asked(f"About {s[:9]}?", s.split()[0]), 10, 0)
    late = [case for case in cases if case.expect is Expect.REFUSE]
    assert len(late) == 2
    assert all(case.until and case.until.year == 2025 for case in late)


@pytest.mark.parametrize(
    "text",
    [
        "Sure! Here is one.",
        "[]",
        '{"question": "Who?"}',
        '{"question": "Who", "answer": "Ida"}',
        '{"question": "Who?", "answer": "Bert"}',
        '{"question": "Who?", "answer": ""}',
        '{"question": 1, "answer": "Ida"}',
    ],
)
def test_malformed_model_output_drafts_nothing(text: str) -> None:
    assert read_question(text, "Ida won.") is None


def test_well_formed_model_output_drafts_its_question() -> None:
    assert read_question(json.dumps({"question": "Who won?", "answer": "Ida"}), "Ida won.") == Asked("Who won?", "Ida")


def test_articles_without_usable_sentences_are_an_error() -> None:
    with pytest.raises(BadInput, match="by hand"):
        drafted([Article("x", None, "Short.")], template_questions(0), 3, 0)
