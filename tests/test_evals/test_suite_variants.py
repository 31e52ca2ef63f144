"""Variants of a suite, over other articles, as of a day or limited, and what each case then expects."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from test_evals.fakes_chatbots import ARTICLES, BETWEEN, CASES

from evals import suites
from evals.formats.base import Suite
from evals.gates import read_gates
from evals.types import Case, Expect, Relevant
from evals.variants import Variant
from index.errors import BadInput
from index.types import Article

TOWNS = Suite("towns", tuple(CASES), tuple(ARTICLES.values()))
OTHER = Suite(
    "other", (Case("o", "What is a quark?", Expect.ANSWER, answers=("a particle",)),), (Article("q", None, "T."),)
)


def vary(suite: Suite, **how: object) -> Suite:
    return Variant(**how).of(suite, {"other": OTHER, "towns": TOWNS}.__getitem__)  # type: ignore[arg-type]


def test_off_topic_asks_one_suites_questions_over_anothers_articles_and_expects_refusals() -> None:
    found = vary(TOWNS, over="other")
    assert found.name == "towns over other"
    assert found.articles == OTHER.articles
    assert [case.question for case in found.cases] == [case.question for case in CASES]
    assert {case.expect for case in found.cases} == {Expect.REFUSE}
    assert not any(case.as_of or case.relevant or case.answers or case.reason for case in found.cases)
    assert [case.story for case in found.cases] == [case.story for case in CASES]


def test_the_off_topic_gate_requires_98_percent_refusals() -> None:
    path = Path(suites.__file__).with_name("off_topic.toml")
    (gate,) = [gate for gate in read_gates(path) if gate.measure == "refusal_recall"]
    assert gate.at_least == 0.98


def test_as_of_a_day_questions_answered_only_later_expect_a_refusal() -> None:
    found = {case.id: case for case in vary(TOWNS, as_of="2026-05-04").cases}
    assert found["Arlow-toll"].expect is Expect.REFUSE  # known from 5 May
    assert not found["Arlow-toll"].answers
    assert found["Arlow-cause"].expect is Expect.ANSWER
    assert found["Arlow-cause"].as_of == datetime(2026, 5, 4, 23, 59, 59, 999999, UTC)
    assert found["Arlow-as-of"].as_of == BETWEEN  # its own day stands


def test_as_of_a_day_with_one_side_of_a_conflict_known_an_answer_is_expected() -> None:
    sides = (Relevant(TOWNS.cases[0].relevant[0].article_id), Relevant("toll known later"))
    later = Article("toll known later", None, "T.", published=datetime(2026, 5, 20, tzinfo=UTC))
    case = Case("c", "Why?", Expect.CONFLICT, relevant=sides)
    suite = Suite("towns", (case, replace(case, id="d", expect=Expect.REFUSE)), (*ARTICLES.values(), later))
    assert [case.expect for case in vary(suite, as_of="2026-05-10").cases] == [Expect.ANSWER, Expect.REFUSE]
    assert [case.expect for case in vary(suite, as_of="2026-05-30").cases] == [Expect.CONFLICT, Expect.REFUSE]


def test_as_of_asked_uses_the_day_in_each_cases_tag() -> None:
    told = replace(OTHER, cases=(replace(OTHER.cases[0], tags=("asked:2022-06-16",)),))
    (case,) = vary(told, as_of="asked").cases
    assert case.as_of == datetime(2022, 6, 16, 23, 59, 59, 999999, UTC)


def test_an_undated_article_is_never_known_as_of_a_day() -> None:
    undated = Suite("u", (Case("c", "Q?", Expect.ANSWER, relevant=(Relevant("q"),)),), OTHER.articles)
    assert vary(undated, as_of="2030-01-01").cases[0].expect is Expect.REFUSE


def test_now_is_the_date_of_the_newest_article() -> None:
    now, then = datetime(2026, 5, 20, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    towns, other = replace(TOWNS, now=now), replace(OTHER, now=then)
    assert vary(towns, as_of="2026-05-04", limit=2).now == now
    assert Variant(over="other").of(towns, {"other": other}.__getitem__).now == then


def test_a_limit_keeps_the_first_cases() -> None:
    assert len(vary(TOWNS, over="other", limit=3).cases) == 3
    assert vary(TOWNS) == TOWNS


@pytest.mark.parametrize(
    ("suite", "how", "told"),
    [
        (TOWNS, {"over": "towns"}, "--over takes a different suite"),
        (replace(TOWNS, articles=None), {"as_of": "2026-05-04"}, "brings no articles"),
        (TOWNS, {"as_of": "tomorrow"}, "takes a date such as"),
        (TOWNS, {"as_of": "2026-05-04T10:00"}, "needs a time zone"),
        (TOWNS, {"as_of": "asked"}, "needs cases with a tag"),
    ],
)
def test_an_impossible_variant_is_reported_with_the_reason(suite: Suite, how: dict[str, object], told: str) -> None:
    with pytest.raises(BadInput, match=told):
        vary(suite, **how)
