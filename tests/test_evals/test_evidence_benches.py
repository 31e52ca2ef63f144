"""The tables of the evidence model's calibration and of the contrast pairs."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from evals.bench.contrast_pairs import claim_scores, figures_of, question_scores
from evals.bench.evidence_thresholds import KINDS, rows
from rag.evidence.examples import Example, Label, Task
from rag.evidence.training.edits import Edit
from rag.evidence.training.hard_examples import PEOPLE
from rag.evidence.training.passages import Passage
from rag.evidence.training.written_claims import ClaimPair
from rag.evidence.training.written_questions import Written

SENTENCES = ("The ferry Astrid left Lindmark at noon.", "She carried 212 passengers.", "Nobody was hurt.")
FERRY = Passage("abc", "wikinews", "The ferry", SENTENCES, " ".join(SENTENCES))
CHANGED = (Edit(3, 4, "lorries."),)


class Lookup:
    """Finds texts with the word "passengers" best for everything that asks for it."""

    def answers(self, question: str, texts: Sequence[str]) -> list[float]:
        return [0.9 if "passengers" in text else 0.2 for text in texts]

    def supported(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [0.8 if ("passengers" in claim) == ("passengers" in evidence) else 0.1 for claim, evidence in pairs]


def test_a_row_has_the_examples_of_its_task_and_sources() -> None:
    sources = ["news", "written", "claims", "quiz", *sorted(PEOPLE)]
    examples = [
        Example(task, f"{task} {source}", "text", label, source)
        for task in Task
        for source in sources
        for label in (0, int(Label.SUPPORTED))
    ]
    counts = {name: len(scored.scores) for name, scored in rows(examples, [0.5] * len(examples))}
    people = 2 * len(PEOPLE)
    assert counts == dict(
        zip([name for name, *_ in KINDS], [people + 4, people + 2, people, 2, 2, people + 4, 2, 2], strict=True)
    )


def test_human_labels_are_part_of_news_and_articles_as_evidence() -> None:
    (_, _, in_news), (_, _, is_human) = KINDS[1], KINDS[2]
    assert all(in_news(source) for source in PEOPLE)
    assert all(is_human(source) for source in PEOPLE)


def test_each_question_is_scored_with_the_sentence_that_answers_and_then_with_the_other() -> None:
    answered = Written("abc", "How many people were on board?", 1, True, CHANGED)
    other = Passage("abc", "wikinews", "The ferry", (SENTENCES[0], "She carried 212 lorries.", SENTENCES[2]), "")
    scores = question_scores(Lookup(), [answered], [(FERRY, other)])
    assert scores == {"answers": [0.9, 0.2], "supports": [0.1, 0.8]}  # no question has "passengers"


def test_each_claim_is_scored_with_the_text_that_supports_it_and_then_with_the_other() -> None:
    pair = ClaimPair("abc", "She had 212 passengers.", "She had 212 lorries.", 1, CHANGED, both=False)
    assert claim_scores(Lookup(), [pair], {"abc": FERRY}) == [0.8, 0.1, 0.8, 0.1]


def test_scores_in_turn_give_the_area_and_the_share_in_the_right_order() -> None:
    separated, ordered = figures_of([0.9, 0.1, 0.3, 0.4], ["a", "b"])
    assert separated.value == pytest.approx(3 / 4)  # of four pairs of a positive and a negative, 0.3 < 0.4 is wrong
    assert ordered.value == pytest.approx(1 / 2)
