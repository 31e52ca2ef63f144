"""A request for an overview is answered with the opening sentences of a story's articles, in chronological order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from test_rag.fakes_chain import ScriptedReader, article, chunks_of, day

from index.types import Chunk, ScoredChunk, Span
from rag.overview import OverviewOrder, OverviewReader, overview_of
from rag.rerank import number
from rag.types import Draft, Passage, Sentence

BEGUN = "Dockers in Varn walked out on Monday over a new pay deal."
TALKS = "The company raised its offer to the striking dockers of Varn."
ENDED = "The strike of the dockers in Varn ended on Friday after two weeks."


@pytest.mark.parametrize(
    ("request_", "topic", "newest"),
    [
        ("Summarise the Varn mine dispute", "the Varn mine dispute", False),
        ("please summarize the strike.", "the strike", False),
        ("Can you sum up the bridge inquiry?", "the bridge inquiry", False),
        ("Tell me about Ilse Brandt", "Ilse Brandt", False),
        ("Give me a short summary of the trial", "the trial", False),
        ("Give me three facts about Storm Hedda", "Storm Hedda", False),
        ("What do we know so far about the theft?", "the theft", False),
        ("What is the latest on the codex?", "the codex", True),
        ("what's new with the bridge", "the bridge", True),
        ("Any news about the ferry?", "the ferry", True),
        ("LATEST ON THE STRIKE", "THE STRIKE", True),
        ("strike", "strike", False),
        ("Varn dock strike", "Varn dock strike", False),
    ],
)
def test_a_request_for_an_overview_is_recognised_with_its_topic(request_: str, topic: str, newest: bool) -> None:
    found = overview_of(request_)
    assert found is not None
    assert (found.topic, found.newest) == (topic, newest)


@pytest.mark.parametrize(
    "question",
    [
        "What is the price of bread?",
        "Who summarised the report?",
        "What does the union say about the offer?",
        "Tell me about what happened when the bridge fell",
        "What is new?",
        "Summarise the news",
        "What is the name of the new bridge?",
        "When did the latest strike begin?",
        "What did Brandt say about the theft?",
        "List all suspects in the theft",
        "why",
        "Is it true",
        "Norlyk?",
    ],
)
def test_any_other_question_is_not_a_request_for_an_overview(question: str) -> None:
    assert overview_of(question) is None


def reports() -> list[Passage]:
    """The end of a strike first, as a search might rank it, then two earlier reports and an unrelated one."""
    texts = [(ENDED, 20), (BEGUN, 6), (TALKS, 12), ("Snow fell in Kelva on the night to Sunday.", 9)]
    return [
        Passage(n, replace(chunks_of(article(f"a{n}", text, published=day(date)))[0], title=f"Report {n}"), 1.0)
        for n, (text, date) in enumerate(texts, start=1)
    ]


def read(question: str, passages: list[Passage]) -> list[tuple[str, tuple[int, ...]]]:
    draft = OverviewReader(ScriptedReader(Sentence("Another reader.", (1,)))).read(question, passages)
    return [(sentence.text, sentence.cites) for sentence in draft.sentences]


def test_a_summary_is_chronological_and_leaves_out_other_stories() -> None:
    quoted = read("Summarise the dockers in Varn", reports())
    assert quoted == [(BEGUN, (2,)), (TALKS, (3,)), (ENDED, (1,))]


def test_the_latest_news_comes_newest_first() -> None:
    quoted = read("What is the latest on the dockers in Varn?", reports())
    assert quoted == [(ENDED, (1,)), (TALKS, (3,)), (BEGUN, (2,))]


@pytest.mark.parametrize("question", ["How many dockers walked out in Varn?", "Summarise the salmon farms of Norway"])
def test_other_questions_and_topics_without_an_opening_go_to_the_other_reader(question: str) -> None:
    assert read(question, reports()) == [("Another reader.", (1,))]


def test_the_middle_of_an_article_does_not_summarise_it() -> None:
    first, *rest = reports()
    middle = replace(first, chunk=replace(first.chunk, ordinal=2))
    assert [cites for _, cites in read("Summarise the dockers in Varn", [middle, *rest])] == [(2,), (3,)]


def test_near_duplicate_openings_are_quoted_once_and_the_maximum_is_kept() -> None:
    passages = reports()
    again = replace(passages[1], number=9, chunk=replace(passages[1].chunk, article_id="b", published=day(7)))
    quoted = read("Summarise the dockers in Varn", [*passages, again])
    assert quoted == [(BEGUN, (9,)), (TALKS, (3,)), (ENDED, (1,))]
    few = OverviewReader(ScriptedReader(), most=1).read("What is the latest on the dockers in Varn?", passages)
    assert few == Draft((Sentence(ENDED, (1,)),))


def test_a_correction_notice_above_the_text_is_not_an_opening() -> None:
    text = f"Correction: An earlier version of this article said that ten dockers were hurt.\n\n{BEGUN}"
    passage = Passage(1, Chunk("c", "a", 0, Span(0, len(text)), text, published=day(3)), 1.0)
    assert read("Summarise the dockers in Varn", [passage]) == [(BEGUN, (1,))]


def test_an_overview_reads_the_first_chunks_of_articles_in_the_order_of_the_search() -> None:
    class Backwards:
        def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
            return number([(scored, scored.score) for scored in reversed(found)], limit)

    found = [ScoredChunk(chunk, 0.5) for chunk in chunks_of(article("a", f"{BEGUN}\n\n{TALKS}"))]
    found += [ScoredChunk(chunk, 0.4) for chunk in chunks_of(article("b", ENDED))]
    order = OverviewOrder(Backwards())
    assert [p.chunk.text for p in order.rank("Summarise the dockers", found, 8)] == [BEGUN, ENDED]
    for other in ("Who walked out?", "Summarise the harvest"):
        assert [p.chunk.text for p in order.rank(other, found, 2)] == [ENDED, TALKS]


def test_reports_on_other_topics_take_no_place_of_those_on_the_topic() -> None:
    found = [
        ScoredChunk(chunk, 0.5) for n in range(4) for chunk in chunks_of(article(f"o{n}", f"Rain fell in Ost {n}."))
    ]
    found += [
        ScoredChunk(chunk, 0.4) for n, text in enumerate((TALKS, ENDED)) for chunk in chunks_of(article(f"a{n}", text))
    ]
    order = OverviewOrder(ScriptedOrder())
    read_first = [p.chunk.text for p in order.rank("What is the latest on the dockers in Varn?", found, 3)]
    assert read_first == [TALKS, ENDED, "Rain fell in Ost 0."]


class ScriptedOrder:
    def rank(self, question: str, found: Sequence[ScoredChunk], limit: int) -> list[Passage]:
        raise AssertionError(question)


def _on(*dated: tuple[str, int | None]) -> list[Passage]:
    """Reports in the order of the search, each with its opening sentence and its day in March."""
    return [
        Passage(
            n,
            replace(
                chunks_of(article(f"a{n}", text, published=None if date is None else day(date)))[0], title=f"Report {n}"
            ),
            1.0,
        )
        for n, (text, date) in enumerate(dated, start=1)
    ]


LIGHTS = "the Varn Lights festival"
TO_OPEN = "The Varn Lights festival will open in the harbour of Varn, the organisers said on Monday."
CANCELLED = "The Varn Lights festival has been cancelled, the organisers said on Monday."


@pytest.mark.parametrize(
    ("topic", "older", "newer"),
    [
        (LIGHTS, TO_OPEN, CANCELLED),  # a verb of its own
        (LIGHTS, CANCELLED, "The Varn Lights festival has not been cancelled, the organisers said on Tuesday."),
        (LIGHTS, "The Varn Lights festival has never been cancelled, the organisers said on Tuesday.", CANCELLED),
        (
            "the Varn fire",
            "Five people died in the Varn fire, police said.",
            "Nine died in the Varn fire, police said.",
        ),
        (
            "Corvin Bank",
            "Hackers have stolen the data of 80,000 customers of Corvin Bank, the bank said on Monday.",
            "The data of 210,000 customers were stolen from Corvin Bank, the bank said, and not of 80,000.",
        ),
        (
            LIGHTS,
            "The Varn Lights festival will open on 12 June in the harbour of Varn.",
            "The Varn Lights festival will open on 19 June in the harbour of Varn.",
        ),
        ("the Varn bridge", "The old Varn bridge closes to lorries.", "The old Varn bridge was opened to lorries."),
    ],
)
def test_both_of_two_similar_reports_are_quoted_if_either_has_news(topic: str, older: str, newer: str) -> None:
    for passages in (_on((older, 3), (newer, 9)), _on((newer, 9), (older, 3))):
        assert [text for text, _ in read(f"What is the latest on {topic}?", passages)] == [newer, older]
        assert [text for text, _ in read(f"Summarise {topic}", passages)] == [older, newer]


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        (CANCELLED, CANCELLED),
        (CANCELLED, CANCELLED.replace("Monday", "Tuesday")),
        (CANCELLED, CANCELLED.replace("the organisers said", "according to the mayor")),
        (CANCELLED, "The Varn Lights festival has been cancelled because of a storm, the organisers said on Monday."),
        (
            "Eleven people were killed when a slope buried part of the village of Varn, the rescue service said.",
            "Eleven people were killed when a slope buried a part of the village Varn early on Tuesday, police said.",
        ),
    ],
)
def test_of_two_reports_that_say_the_same_only_the_newer_is_quoted(older: str, newer: str) -> None:
    for passages in (_on((older, 3), (newer, 9)), _on((newer, 9), (older, 3))):
        (quoted,) = read("What is the latest on Varn?", passages)
        chosen = next(passage for passage in passages if passage.number == quoted[1][0])
        assert (quoted[0], chosen.chunk.published) == (newer, day(9))


def test_a_dated_report_is_kept_instead_of_an_undated_one_that_says_the_same() -> None:
    assert read("What is the latest on Varn?", _on((CANCELLED, None), (CANCELLED, 9))) == [(CANCELLED, (2,))]


UNDATED = "Forty-four people have fallen ill in the outbreak in Brenn, the health office said."
FEVER = "Thirty-one people in Brenn are ill with the fever. The outbreak was spread by the water, the office said."
CLEAN = "The hospital in Brenn reopened its ward on Monday. Fifty-two people fell ill in the outbreak."
MARKET = "A market opened in Brenn on Monday. Its cheese is praised."
BUDGET = "The council met on Monday evening to vote. The outbreak in Brenn was not discussed."


def test_an_undated_report_does_not_alone_give_the_latest_if_dated_ones_name_the_topic_further_down() -> None:
    passages = _on((UNDATED, None), (FEVER, 3), (CLEAN, 9), (MARKET, 10), (BUDGET, 11))
    quoted = [cites for _, cites in read("What is the latest on the Brenn outbreak?", passages)]
    assert quoted == [(3,), (2,), (1,)]


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("What is the latest on the Brenn outbreak?", [(MARKET, 10), (BUDGET, 11)]),  # nothing else on the topic
        ("Summarise the Brenn outbreak", [(FEVER, 3), (CLEAN, 9)]),  # the latest is not asked for
    ],
)
def test_otherwise_only_what_is_about_the_topic_from_the_start_is_quoted(
    question: str, others: list[tuple[str, int | None]]
) -> None:
    assert read(question, _on((UNDATED, None), *others)) == [(UNDATED, (1,))]


def test_a_dated_report_about_the_topic_from_the_start_suffices_for_the_latest() -> None:
    passages = _on((UNDATED, None), (UNDATED.replace("Forty-four", "Fifty"), 5), (FEVER, 3))
    quoted = [cites for _, cites in read("What is the latest on the Brenn outbreak?", passages)]
    assert quoted == [(2,), (1,)]
