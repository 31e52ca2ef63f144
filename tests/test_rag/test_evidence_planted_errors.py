"""Planted errors change the meaning, rewrites keep it, and generated questions are answered by their sentences."""

# ruff: noqa: S311  (shuffling, not secrets)

from __future__ import annotations

import random

import pytest

from rag.evidence.data import claims_about, questions_about
from rag.evidence.examples import Label, Task
from rag.evidence.training import planted as p
from rag.evidence.training import rewrites as r
from rag.evidence.training.questions import ask, spoil
from rag.evidence.training.story import Story, names_in

SENTENCES = [
    "Ann Cole said on Monday that 340 homes were destroyed by the flood.",
    "Paul Lind told reporters the dam could fail before Friday, while crews worked through the night.",
    "The company reportedly paid $4.2 million to residents of Riverton in 2019.",
    "Officials opened the gates, which had been closed since March, after the water rose.",
    "At least 21 people were injured when the bridge in Riverton collapsed.",
]
STORY = Story.of(SENTENCES)


def each_seed(count: int = 30) -> list[random.Random]:
    return [random.Random(seed) for seed in range(count)]


@pytest.mark.parametrize(
    ("planter", "sentence", "kind", "label"),
    [
        (p.change_number, SENTENCES[0], "number", Label.REFUTED),
        (p.change_date, SENTENCES[2], "date", Label.REFUTED),
        (p.change_name, SENTENCES[0], "name", Label.REFUTED),
        (p.negate, SENTENCES[4], "negation", Label.REFUTED),
        (p.use_antonym, SENTENCES[3], "antonym", Label.REFUTED),
        (p.drop_hedge, SENTENCES[2], "hedge", Label.NOT_ENOUGH_INFO),
        (p.swap_speaker, SENTENCES[1], "speaker", Label.REFUTED),
        (p.blend, SENTENCES[0], "blend", Label.NOT_ENOUGH_INFO),
        (p.add_fact, SENTENCES[4], "added", Label.NOT_ENOUGH_INFO),
    ],
)
def test_each_planter_changes_the_sentence_and_labels_the_error(
    planter: p.Planter, sentence: str, kind: str, label: Label
) -> None:
    made = [found for rng in each_seed() if (found := planter(sentence, STORY, rng))]
    assert made
    assert {(one.kind, one.label) for one in made} == {(kind, label)}
    assert all(one.text != sentence for one in made)


def test_drop_hedge_makes_the_sentence_more_certain() -> None:
    found = p.drop_hedge("The company reportedly paid residents.", STORY, random.Random(1))
    assert found is not None
    assert found.text == "The company paid residents."


def test_negate_inserts_and_removes_a_negation() -> None:
    inserted = p.negate("The dam was safe.", STORY, random.Random(1))
    removed = p.negate("The dam was not safe.", STORY, random.Random(1))
    assert inserted is not None
    assert removed is not None
    assert (inserted.text, removed.text) == ("The dam was not safe.", "The dam was safe.")


def test_swap_roles_exchanges_two_names() -> None:
    found = p.swap_roles("Ann Cole sharply criticised Paul Lind.", STORY, random.Random(1))
    assert found is not None
    assert found.text == "Paul Lind sharply criticised Ann Cole."


def test_names_merely_listed_together_are_not_swapped() -> None:
    assert p.swap_roles("Ann Cole and Paul Lind met.", STORY, random.Random(1)) is None


def test_a_common_word_that_opens_a_sentence_is_not_a_name() -> None:
    assert names_in("Officials met Ann Cole in Riverton on Monday.") == ["Ann Cole", "Riverton"]


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (r.drop_relative_clause, "The dam, which was built in 1950, failed.", "The dam failed."),
        (r.drop_opening, "On Monday, the mayor of Riverton left her office.", "The mayor of Riverton left her office."),
        (r.move_opening, "On Monday, Ann Cole left her old office.", "Ann Cole left her old office on Monday."),
        (r.turn_quote, "“We lost everything we had,” Cole said.", "Cole said: “We lost everything we had.”"),
        (r.turn_passive, "Ann Cole was arrested by the police.", "The police arrested Ann Cole."),
        (r.shorten_name, "Later, Ann Cole said so.", "Later, Cole said so."),
    ],
)
def test_each_rewrite_gives_the_expected_sentence(change: object, before: str, after: str) -> None:
    assert callable(change)
    assert change(before, random.Random(1)) == after


def test_drop_tail_keeps_an_attribution() -> None:
    sentence = "The dam is safe and will hold until spring, as the mayor said on Monday."
    assert r.drop_tail(sentence, random.Random(1)) == sentence


def test_a_generated_question_is_answered_by_words_of_the_sentence() -> None:
    asked = [found for rng in each_seed() if (found := ask(SENTENCES[4], rng))]
    assert {one.question for one in asked} == {"How many people were injured when the bridge in Riverton collapsed?"}
    assert all(one.answer in SENTENCES[4] for one in asked)


def test_spoil_changes_the_question() -> None:
    question = "How many people were injured in Riverton in 2019?"
    spoilt = {changed for rng in each_seed() if (changed := spoil(question, STORY, rng))}
    assert spoilt
    assert question not in spoilt


def test_the_evidence_of_a_generated_claim_contains_its_sentence_unless_the_kind_says_otherwise() -> None:
    for rng in each_seed(40):
        for example in claims_about(SENTENCES, 0, STORY, rng):
            assert example.task is Task.SUPPORTS
            assert (SENTENCES[0] in example.second) == (
                example.kind != "elsewhere" and not example.kind.endswith(("in evidence", "of the altered"))
            )


def test_a_generated_question_comes_with_an_answering_sentence_and_one_that_does_not_answer() -> None:
    labels = {(e.kind, e.label) for rng in each_seed(40) for e in questions_about(SENTENCES, 4, STORY, rng)}
    assert {("template", 1), ("same article", 0)} <= labels
    assert labels <= {("template", 1), ("same article", 0), ("spoilt", 0)}
