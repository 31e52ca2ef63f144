"""Figures that hold for different places, organisations or people are no disagreement."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.facts.figures import facts_of
from rag.facts.scopes import Scoped, are_of_different_scopes
from rag.language.content_words import plain


def _of_different_scopes(one: str, other: str, question: str, contexts: tuple[str, str] = ("", "")) -> bool:
    first = Scoped(one, facts_of(plain(one))[0], f"{contexts[0]} {one}")
    second = Scoped(other, facts_of(plain(other))[0], f"{contexts[1]} {other}")
    forth, back = are_of_different_scopes(first, second, question), are_of_different_scopes(second, first, question)
    assert forth is back
    return forth


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        (
            "About 400,000 customers in Nesse were without power.",
            "Some 330,000 customers in Ardvik were without power.",
            "How many customers were without power after the storm?",
        ),
        (
            "The storm killed 125 people, five of them in Ardvik.",
            "The storm killed four people in Ardvik.",
            "How many people died in the storm?",
        ),
        (
            "The fever has infected 59,600 people worldwide.",
            "The fever has infected 6,600 people in Tervania.",
            "How many people has the fever infected?",
        ),
        (
            "The fever has killed six million people worldwide.",
            "The fever has killed a million people across the country.",
            "How many people has the fever killed?",
        ),
        (
            "Orra Kraft is cutting 1,100 jobs this year.",
            "Kiefer Motors, meanwhile, said on Monday that it was cutting 860 jobs this year.",
            "How many jobs is Orra Kraft cutting this year?",
        ),
        (
            "Orra Motors is recalling 300 cars.",
            "After the fires in June, Kiefer Motors recalled 500 cars.",
            "How many cars will be recalled?",
        ),
        (
            "A litre of petrol cost 5.02 crowns in June.",
            "Prices are high in places such as Velden, where a litre of petrol cost 5.37 crowns.",
            "What did a litre of petrol cost?",
        ),
        (
            "A litre of petrol now costs 5.02 crowns on average.",
            "In Velden a litre of petrol now costs 5.37 crowns on average.",
            "What does a litre of petrol cost?",
        ),
    ],
)
def test_figures_for_other_places_or_organisations_are_of_different_scopes(one: str, other: str, question: str) -> None:
    assert _of_different_scopes(one, other, question)


@pytest.mark.parametrize(
    ("one", "other", "question"),
    [
        (
            "The fire in Brod killed 14 people.",
            "The fire in Brod killed 17 people, the rescue service said.",
            "How many people did the fire in Brod kill?",
        ),
        (
            "The fire killed 14 people, the Ministry of Health said.",
            "The fire killed 17 people, according to Radio Nesse.",
            "How many people did the fire kill?",
        ),
        (
            "The fire in the old mill killed 14 people.",
            "The fire in the old mill killed 17 people in Brod.",
            "How many people did the fire in Brod kill?",
        ),
        ("The strike cost 14 million crowns.", "The strike cost 20 million crowns.", "What did the strike cost?"),
    ],
)
def test_figures_for_the_same_place_are_compared_whoever_gives_them(one: str, other: str, question: str) -> None:
    assert not _of_different_scopes(one, other, question)


def test_a_place_that_the_other_report_is_about_too_restricts_nothing() -> None:
    one = "At the Karst mill in Brod 14 workers were killed."
    other = "The blast killed 17 workers."
    question = "How many workers were killed?"
    assert _of_different_scopes(one, other, question)
    assert not _of_different_scopes(one, other, question, ("", "Blast at the Karst mill.\n"))


def test_a_dateline_restricts_nothing() -> None:
    one = "LAUVANG, March 12 (TPA) - The flood killed 14 people."
    assert not _of_different_scopes(one, "The flood killed 17 people.", "How many people did the flood kill?")


_PARTS = st.lists(
    st.sampled_from(
        [
            "In Brod",
            "Orra Motors",
            "said",
            "17 people died",
            "it",
            ",",
            "40 percent",
            "in the Tervanian city of Velden",
            "and",
            "worldwide",
            "where",
            "on 3 May",
            "Ost.",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(_PARTS, _PARTS, _PARTS)
def test_any_two_figures_are_of_different_scopes_in_both_orders_or_in_none(one: str, other: str, question: str) -> None:
    for ours in facts_of(plain(one)):
        for theirs in facts_of(plain(other)):
            first, second = Scoped(one, ours, one), Scoped(other, theirs, other)
            forth = are_of_different_scopes(first, second, question)
            assert forth is are_of_different_scopes(second, first, question)


def test_a_figure_is_never_of_another_scope_than_itself() -> None:
    text = "In Brod 17 people died, five of them in Velden."
    for fact in facts_of(text):
        assert not are_of_different_scopes(Scoped(text, fact, text), Scoped(text, fact, text), "How many died?")
