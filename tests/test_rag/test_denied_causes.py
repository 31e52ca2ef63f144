"""A denial of a cause or of who did it contradicts only those who name that cause."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from index.types import Chunk, Span
from rag.facts.difference import Topic
from rag.facts.disagreement import differences
from rag.facts.disputes import disputes
from rag.question.target import is_asked
from rag.rivals.finding import find_rivals
from rag.types import Citation, Passage

TITLE = "The outage in Lindmark, the fire in the depot in Vika, the landslide in Orm"


def passage(number: int, text: str, *, outlet: str = "") -> Passage:
    published = datetime(2026, 3, number, tzinfo=UTC)
    chunk = Chunk(
        id=f"c{number}", article_id=f"a{number}", ordinal=0, span=Span(0, len(text)), text=text, title=TITLE,
        outlet=outlet or f"outlet {number}", published=published,
    )  # fmt: skip
    return Passage(number, chunk, 1.0)


def cited(one: Passage) -> Citation:
    chunk = one.chunk
    return Citation(
        number=one.number, chunk_id=chunk.id, article_id=chunk.article_id, title=chunk.title, outlet=chunk.outlet,
        author=None, published=chunk.published, updated=None, url=None, path=None, quote=chunk.text, start=0,
        end=len(chunk.text),
    )  # fmt: skip


CONTRADICTING = [
    (
        "Who caused the outage in Lindmark?",
        "A cyber attack caused the outage in Lindmark, the operator said.",
        "The outage in Lindmark was not caused by a cyber attack, the regulator said.",
    ),
    (
        "What caused the power outage?",
        "A cyber attack by Greywing caused the power outage.",
        "A cyber attack did not cause the outage, the regulator said.",
    ),
    (
        "Who started the fire in the depot in Vika?",
        "Arsonists started the fire in the depot in Vika, the police said.",
        "The fire in the depot in Vika was not started by arsonists, a lawyer said.",
    ),
    (
        "What spread the fever?",
        "The fever was spread by contaminated water, the health office said.",
        "The fever was not spread by contaminated water, the water board said.",
    ),
    (
        "Why did Ida Falk resign?",
        "The mayor, Ida Falk, resigned because of the harbour scandal.",
        "Ida Falk did not resign because of the harbour scandal, her party said.",
    ),
    (
        "What caused the landslide in Orm?",
        "The landslide in Orm was triggered by blasting, Solberg said.",
        "The landslide in Orm was not caused by blasting, the mine said.",
    ),
]

COMPATIBLE = [
    (
        "What caused the outage in Lindmark?",
        "A cyber attack caused the outage in Lindmark.",
        "The outage in Lindmark was not solely caused by a cyber attack.",
    ),
    (
        "What caused the outage in Lindmark?",
        "A cyber attack caused the outage in Lindmark.",
        "The outage in Lindmark was not caused only by a cyber attack.",
    ),
    (
        "What caused the outage in Lindmark?",
        "A cyber attack caused the outage in Lindmark.",
        "The outage in Lindmark was not caused by a cyber attack alone.",
    ),
    (
        "What caused the landslide in Orm?",
        "The deadly landslide in Orm was caused by heavy rain, the survey said.",
        "The deadly landslide in Orm was not caused by blasting, the mine said.",
    ),
    (
        "What caused the landslide in Orm?",
        "Heavy snow caused the landslide in Orm in March.",
        "The landslide in Orm in March was not caused by heavy rain.",
    ),
    (
        "Was the landslide in Orm caused by heavy rain?",
        "The landslide in Orm was caused by heavy rain, the survey said.",
        "The landslide in Orm was not caused by blasting, the mine said.",
    ),
    (
        "What caused the outage?",
        "An attack on a mast caused the outage in Lindmark.",
        "The outage in Lindmark was not caused by a cyber attack.",
    ),
    (
        "What caused the outage?",
        "A cyber attack caused the outage in Lindmark.",
        "The fire in the depot was not caused by a cyber attack.",
    ),
    (
        "Who started the fire in the depot in Vika?",
        "Children started the fire in the depot in Vika, the police said.",
        "The fire in the depot in Vika was not started by arsonists, a lawyer said.",
    ),
    (
        "Why did Ida Falk resign?",
        "Ida Falk resigned because of her health.",
        "Ida Falk did not resign because of the harbour scandal, her party said.",
    ),
    (
        "What caused the landslide in Orm?",
        "Heavy rain caused the landslide in Orm.",
        "The landslide in Orm was caused not by blasting but by heavy rain.",
    ),
    (
        "What caused the outage in Lindmark?",
        "Experts feared that a cyber attack caused the outage in Lindmark.",
        "The outage in Lindmark was not caused by a cyber attack.",
    ),
    (
        "Was the fire in the depot in Vika started by arsonists?",
        "The fire in the depot in Vika was started by a dropped match.",
        "The fire in the depot in Vika was not started by arsonists.",
    ),
]


@pytest.mark.parametrize(("question", "one", "other"), CONTRADICTING)
def test_a_denied_cause_is_a_rival_of_the_source_that_names_it(question: str, one: str, other: str) -> None:
    first, second = passage(1, one), passage(2, other)
    assert [rival.difference.topic for rival in find_rivals([cited(first)], [first, second], question)] == [
        Topic.DENIAL
    ]
    assert [found.difference.topic for found in disputes([cited(first), cited(second)], question)] == [Topic.DENIAL]


@pytest.mark.parametrize(("question", "one", "other"), COMPATIBLE)
def test_a_denied_cause_does_not_contradict_another_cause_or_effect(question: str, one: str, other: str) -> None:
    first, second = passage(1, one), passage(2, other)
    assert find_rivals([cited(first)], [first, second], question) == []
    assert disputes([cited(first), cited(second)], question) == []


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Who started the fire in the depot?", True),
        ("What started the fire in the depot?", True),
        ("How was the fire in the depot started?", True),
        ("Why did the depot burn?", True),
        ("What was the cause of the fire?", True),
        ("When was the fire in the depot started?", False),
        ("How many depots burned in the fire that arsonists started?", False),
        ("What did the fire in the depot cost?", False),
        ("Where is the depot?", False),
    ],
)
def test_a_denied_agent_is_asked_for_by_questions_about_the_cause_or_the_agent(question: str, *, asked: bool) -> None:
    one, other = "Arsonists started the fire in the depot.", "The fire in the depot was not started by arsonists."
    (difference,) = differences(one, other)
    assert is_asked(difference, question) is asked


def test_two_other_causes_still_contradict_each_other() -> None:
    one, other = "The landslide in Orm was caused by heavy rain.", "The landslide in Orm was caused by blasting."
    assert [difference.topic for difference in differences(one, other)] == [Topic.CAUSE]
    both = "The landslide in Orm was caused not by rain, but was due to blasting."
    assert [difference.topic for difference in differences(one, both)] == [Topic.CAUSE]


def test_two_answers_may_call_what_was_caused_by_other_words() -> None:
    one = "The illness was caused by contaminated water, chief physician Ines Kolb said."
    other = "The outbreak was not caused by contaminated water, said Mikkel Aas."
    both = [cited(passage(1, one)), cited(passage(2, other))]
    assert len(disputes(both, "What caused the fever in Brenn?")) == 1
    assert len(disputes(both, "Was the fever in Brenn caused by contaminated water?")) == 1
    assert disputes(both, "What caused the outbreak in Brenn?") == []  # the illness may be another
    assert disputes(both, "Who is Ines Kolb?") == []
