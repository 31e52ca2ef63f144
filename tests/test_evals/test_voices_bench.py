"""On the sample archive, copies of articles change no answer, and no reply contains information from the future."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import islice

import pytest

from evals.bench.pipelines import quick, whole
from evals.bench.voices import Leaks, cites_new, copy_of, moments, shown
from evals.chatbots import present
from evals.formats.base import LONG_AFTER
from evals.suites import SAMPLE, sample_articles, suite
from index.types import Article, Question
from rag.engine import Chatbot
from rag.types import Answer

COPIES = ("reprint", "headline", "abridged", "edited", "local")
EVERY = 16  # every n-th golden question is asked


@pytest.fixture(scope="module")
def articles() -> tuple[Article, ...]:
    return sample_articles()


@pytest.fixture(scope="module")
def copied(articles: tuple[Article, ...]) -> list[Article]:
    copies = [copy_of(one, kind) for one in articles[::2] for kind in COPIES]
    return [*articles, *copies, *(copy_of(articles[0], "reprint", number) for number in range(2, 60))]


@pytest.fixture(scope="module")
def crowded(copied: list[Article]) -> Iterator[Chatbot]:
    with quick(copied) as (_, bot):
        yield bot


def test_copies_of_articles_change_no_answer(articles: tuple[Article, ...], crowded: Chatbot) -> None:
    questions = [Question(case.question, as_of=case.as_of) for case in suite(SAMPLE, None).cases[::EVERY]]
    with quick(articles) as (_, bot):
        before = [shown(bot.ask(question)) for question in questions]
    assert [shown(crowded.ask(question)) for question in questions] == before
    assert any(one["status"] == "answered" for one in before)


def test_citing_an_addition_is_distinguished_from_citing_copied_text() -> None:
    wire = Article("a", "Bridge", "The bridge fell.\n\nNobody was hurt.")
    for kind in ("local", "locals"):
        (added,) = {*copy_of(wire, kind).text.split("\n\n")} - {*wire.text.split("\n\n")}
        assert cites_new({"places": [("a~", 0, 9, "Nobody was hurt."), ("a~", 9, 20, added)]}, [wire])
    assert not cites_new({"places": [("a~", 0, 9, "Nobody was hurt.")]}, [wire])


def test_no_reply_as_of_a_moment_contains_information_from_later(copied: list[Article], crowded: Chatbot) -> None:
    leaks = Leaks({article.id: article for article in copied})
    questions = [case.question for case in suite(SAMPLE, None).cases]
    replies = []
    for question in islice(moments(copied, questions), 50):
        assert question.as_of
        replies.append(crowded.ask(question))
        assert leaks.of(replies[-1], question.as_of) == []
    assert sum(isinstance(reply, Answer) for reply in replies) >= 10


def test_the_present_is_the_date_of_the_newest_article(articles: tuple[Article, ...]) -> None:
    with quick(articles[:20]) as (archive, _):
        assert present(archive) == max(one.known_from for one in articles[:20] if one.known_from)
    with quick([replace(one, published=None, updated=None) for one in articles[:3]]) as (archive, _):
        assert present(archive) == LONG_AFTER


def test_a_leak_is_detected(articles: tuple[Article, ...], crowded: Chatbot) -> None:
    reply = crowded.ask(Question("When was the Lindow Bridge opened to traffic?"))
    assert isinstance(reply, Answer)
    leaks = Leaks({article.id: article for article in articles})
    newest = max(c.published for c in reply.citations if c.published)
    before = newest - timedelta(days=1)
    assert any("T" in found for found in leaks.of(reply, before))
    shown_before = replace(reply.citations[0], article_id="old", published=before, updated=None, also_in=())
    named = replace(shown_before, same_story=("late",))
    quiet = replace(reply, citations=(named,), as_of=before, trace=replace(reply.trace, retrieved=()))
    late = replace(articles[0], id="late", published=newest, updated=None)
    assert Leaks({"late": late}).of(quiet, before) == ["late"]


@pytest.mark.slow
def test_copies_change_no_answer_of_the_whole_chain(articles: tuple[Article, ...]) -> None:
    story = [one for one in articles if "kolm-bridge" in one.id or "kolm-toll" in one.id]
    copies = [copy_of(one, kind) for one in story for kind in ("reprint", "abridged")]
    asked = ["How many people were killed when the Lindow Bridge collapsed?", "What did the collapse sound like?"]
    replies = []
    for held in (story, [*story, *copies]):
        with whole(held) as (_, bot):
            replies.append([shown(bot.ask(Question(text))) for text in asked])
    assert replies[0] == replies[1]
    assert replies[0][0]["status"] == "answered"
