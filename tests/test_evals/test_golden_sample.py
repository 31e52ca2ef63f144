"""The golden sets of the sample archive fit its articles to the character and cover what they claim to."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import evals
from evals.golden import check_against, read_cases, read_lines
from evals.types import Case, Expect
from index.corpus import read_paths
from index.sample import sample_articles
from index.types import Article
from rag.types import AbstentionReason, Certainty

GOLDEN = Path(evals.__file__).parent / "golden"
SAMPLE = GOLDEN / "sample.jsonl"

Line = dict[str, Any]


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    found = read_paths([sample_articles()], max_bytes=1_000_000)
    return {item.id: item for item in found if isinstance(item, Article)}


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(SAMPLE)


def lines_of(name: str) -> list[Line]:
    return [json.loads(line) for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''")).lower()


def test_every_case_is_well_formed_and_every_quote_stands_in_its_article(articles: dict[str, Article]) -> None:
    assert check_against(read_lines(SAMPLE), articles, SAMPLE) == []


def test_there_are_at_least_150_cases_of_all_three_kinds(cases: list[Case]) -> None:
    kinds = Counter(case.expect for case in cases)
    assert kinds[Expect.ANSWER] >= 105
    assert kinds[Expect.CONFLICT] >= 12
    assert kinds[Expect.REFUSE] >= 45


@pytest.mark.parametrize(
    ("tag", "at_least"),
    [
        ("number", 40),
        ("date", 20),
        ("attribution", 40),
        ("quotation", 15),
        ("speculation", 15),
        ("update", 20),
        ("conflict", 12),
        ("correction", 4),
        ("multi-article", 12),
        ("follow-up", 20),
        ("false-premise", 8),
        ("not-in-archive", 25),
        ("outside-dates", 8),
        ("as-of", 15),
        ("injection", 4),
        ("denial", 10),
        ("opinion", 3),
        ("forecast", 8),
        ("percent", 10),
        ("currency", 10),
        ("decimal", 8),
        ("range", 2),
        ("reprint", 6),
        ("non-ascii", 4),
        ("off-topic", 5),
        ("undated", 1),
        ("untitled", 2),
        ("table", 1),
        ("key-points", 1),
        ("repeated-paragraph", 1),
    ],
)
def test_every_difficulty_is_asked_about(cases: list[Case], tag: str, at_least: int) -> None:
    assert sum(tag in case.tags for case in cases) >= at_least


def test_every_answerable_case_says_what_answers_and_where(cases: list[Case]) -> None:
    for case in cases:
        if case.answerable:
            assert case.answers, case.id
            assert all(relevant.quotes for relevant in case.relevant), case.id


def test_an_answer_stands_in_the_quotes_of_its_case(cases: list[Case]) -> None:
    for case in cases:
        if case.answerable:
            quotes = plain(" ".join(quote for relevant in case.relevant for quote in relevant.quotes))
            assert any(plain(answer) in quotes for answer in case.answers), case.id


def test_the_speaker_to_be_credited_is_named_in_a_relevant_article(
    cases: list[Case], articles: dict[str, Article]
) -> None:
    for case in cases:
        if case.speaker:
            texts = " ".join(articles[relevant.article_id].text for relevant in case.relevant)
            assert plain(case.speaker) in plain(texts), case.id


def test_refusals_have_a_reason_unless_off_topic_where_any_is_right_and_answers_have_none(cases: list[Case]) -> None:
    for case in cases:
        assert (case.reason is None) == (case.answerable or "off-topic" in case.tags), case.id


def test_no_reference_answer_is_a_word_that_stands_in_any_text(cases: list[Case]) -> None:
    common = {"no", "not", "yes", "one", "two", "wrong", "none", "the", "it", "thursday"}
    assert not [case.id for case in cases if common & {plain(answer).lower() for answer in case.answers}]


def test_outside_dates_is_expected_where_the_window_is_empty_or_shuts_out_what_is_asked(
    cases: list[Case], articles: dict[str, Article]
) -> None:
    for case in cases:
        if case.expect is Expect.REFUSE and (case.as_of or case.since or case.until):
            empty = not any(is_inside(case, article) for article in articles.values())
            outside = case.reason is AbstentionReason.OUTSIDE_DATES
            assert outside or not empty, case.id
            assert empty or not outside or case.since or case.until, case.id  # a moment hides even that others say


def is_inside(case: Case, article: Article) -> bool:
    if article.published is None or article.known_from is None:
        return False
    return (
        (case.as_of is None or article.known_from <= case.as_of)
        and (case.since is None or article.published >= case.since)
        and (case.until is None or article.published <= case.until)
    )


def test_answers_lie_inside_the_window_they_are_asked_in(cases: list[Case], articles: dict[str, Article]) -> None:
    for case in cases:
        if case.answerable and (case.as_of or case.since or case.until):
            assert all(is_inside(case, articles[relevant.article_id]) for relevant in case.relevant), case.id


def test_every_case_of_a_story_says_so(cases: list[Case]) -> None:
    stories = Counter(tag for case in cases for tag in case.tags if tag.startswith("story:"))
    assert len(stories) >= 8
    assert all(any(t.startswith("story:") for t in case.tags) for case in cases if case.answerable)


def test_the_second_set_has_at_least_110_cases_of_14_stories_of_its_own(cases: list[Case]) -> None:
    second = [case for case in cases if "second" in case.tags]
    first = {case.story for case in cases if "second" not in case.tags}
    assert len(second) >= 110
    assert sum(case.expect is Expect.REFUSE for case in second) >= 35
    assert sum(case.expect is Expect.CONFLICT for case in second) >= 6
    assert len({case.story for case in second} - first) == len({case.story for case in second}) >= 14


def test_the_third_set_has_at_least_110_cases_of_7_stories_of_its_own(cases: list[Case]) -> None:
    third = [case for case in cases if "third" in case.tags]
    before = {case.story for case in cases if "third" not in case.tags}
    assert len(third) >= 110
    assert sum(case.expect is Expect.REFUSE for case in third) >= 35
    assert sum(case.expect is Expect.CONFLICT for case in third) >= 5
    assert len({case.story for case in third} - before) == len({case.story for case in third}) == 7


def test_there_are_at_least_60_dialogues_of_two_and_three_turns(articles: dict[str, Article]) -> None:
    dialogues = lines_of("dialogues.jsonl")
    assert len(dialogues) >= 60
    assert len({line["id"] for line in dialogues}) == len(dialogues)
    assert {len(line["turns"]) for line in dialogues} == {1, 2}
    assert sum(len(line["turns"]) == 2 for line in dialogues) >= 12
    assert all(line["article_id"] in articles for line in dialogues)


def test_what_answered_an_earlier_turn_stands_in_its_article(articles: dict[str, Article]) -> None:
    answered = [line for line in lines_of("dialogues.jsonl") if "answers" in line]
    assert len(answered) >= 24
    for line in answered:
        assert len(line["answers"]) == len(line["turns"]), line["id"]
        assert all(given["quote"] in articles[given["article_id"]].text for given in line["answers"]), line["id"]


def test_every_standalone_wording_holds_what_any_must(articles: dict[str, Article]) -> None:
    for line in lines_of("dialogues.jsonl"):
        assert line["standalone"], line["id"]
        assert line["must_contain"], line["id"]
        for wording in line["standalone"]:
            assert all(words.lower() in wording.lower() for words in line["must_contain"]), line["id"]
            assert not any(words.lower() in wording.lower() for words in line.get("must_not_contain", [])), line["id"]


def test_some_dialogues_change_the_subject() -> None:
    assert sum(bool(line.get("must_not_contain")) for line in lines_of("dialogues.jsonl")) >= 10


def test_at_least_150_statements_are_labelled_with_every_certainty(articles: dict[str, Article]) -> None:
    statements = lines_of("statements.jsonl")
    assert len(statements) >= 150
    assert len({line["id"] for line in statements}) == len(statements)
    assert len({(line["article_id"], line["quote"]) for line in statements}) == len(statements)
    certainties = Counter(Certainty(line["certainty"]) for line in statements)
    assert min(certainties[certainty] for certainty in Certainty) >= 12
    assert sum(line["opinion"] for line in statements) >= 6


def test_statements_and_what_stands_before_them_are_exact(articles: dict[str, Article]) -> None:
    for line in lines_of("statements.jsonl"):
        text = articles[line["article_id"]].text
        assert line["quote"] in text, line["id"]
        assert not line["context"] or text.index(line["context"]) < text.index(line["quote"]), line["id"]


def test_a_speaker_is_named_in_the_statement_or_the_sentence_before() -> None:
    for line in lines_of("statements.jsonl"):
        assert (line["speaker"] is None) == (line["verb"] is None), line["id"]
        if line["speaker"]:
            assert plain(line["speaker"]) in plain(f"{line['context']} {line['quote']}"), line["id"]
