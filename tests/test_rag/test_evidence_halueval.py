"""HaluEval as training examples: what is kept of it, with which labels, and what is left out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.errors import BadInput
from rag.evidence.examples import Label, Task
from rag.evidence.halueval import load_halueval, read_questions_both_ways, read_summaries_both_ways, runs_of_words

ARTICLE = (
    "The harbour of Varnby was closed on Tuesday after a crane fell onto the quay. Two dockers were taken to "
    "hospital, the port authority said. Captain Ole Brandt told reporters that ships would be sent to Skive for a "
    "week. The crane had last been inspected in March. Shops in the town stayed open and the ferry to Lund ran as "
    "usual all day."
)
ROW = {
    "document": ARTICLE,
    "right_summary": "A crane fell onto the quay and closed the harbour of Varnby. Ships will go to Skive for a week.",
    "hallucinated_summary": "A crane fell onto the quay at Varnby. Five dockers died in hospital in Lund on Friday.",
}
ASKED = {
    "knowledge": "Ole Brandt is a harbour captain born in Skive.Skive is a town in the north of Jutland with a port.",
    "question": "In which part of Jutland lies the town where Ole Brandt was born?",
    "right_answer": "the north",
    "hallucinated_answer": "Ole Brandt was born in a town in the south of Jutland.",
}


def _rng() -> random.Random:
    return random.Random(3)  # noqa: S311  (drawing, not secrets)


def _doubts_deaths(pairs: Sequence[tuple[str, str]]) -> list[float]:
    return [0.1 if "died" in claim else 0.9 for claim, _ in pairs]


def _read(reported: set[int] | None = None) -> list[tuple[str, str, int]]:
    found = read_summaries_both_ways([ROW], reported or set(), _doubts_deaths, _rng())
    return [(example.kind, example.first, example.label) for example in found]


def test_highlights_are_supported_claims() -> None:
    said = [claim for kind, claim, label in _read() if kind == "highlight" and label == Label.SUPPORTED]
    assert said == ROW["right_summary"].replace("Varnby. ", "Varnby.|").split("|")


def test_of_a_wrong_summary_only_the_sentence_the_judge_believes_least_is_a_wrong_claim() -> None:
    said = [(claim, label) for kind, claim, label in _read() if kind == "wrong summary"]
    assert said == [("Five dockers died in hospital in Lund on Friday.", Label.NOT_SUPPORTED)]


def test_no_error_is_planted_without_changing_the_highlight() -> None:
    highlights = {claim for kind, claim, _ in _read() if kind == "highlight"}
    others = [(claim, label) for kind, claim, label in _read() if kind not in {"highlight", "elsewhere"}]
    assert all(claim not in highlights and label != Label.SUPPORTED for claim, label in others)


def test_an_article_that_is_reported_on_is_left_out_even_if_set_otherwise() -> None:
    assert _read(runs_of_words([ARTICLE.upper().replace(". ", " .\n")])) == []
    assert _read(runs_of_words(["The harbour of Varnby was closed."]))


def test_evidence_is_taken_from_the_article() -> None:
    found = read_summaries_both_ways([ROW], set(), _doubts_deaths, _rng())
    assert all(sentence in ARTICLE for example in found for sentence in example.second.split(". ")[:1])


def test_a_question_is_answered_by_the_whole_and_not_by_the_half_without_its_answer() -> None:
    found = [e for e in read_questions_both_ways([ASKED], _rng()) if e.task is Task.ANSWERS]
    assert [(e.kind, e.label) for e in found] == [("whole", 1), ("half", 0)]
    assert found[1].second == "Ole Brandt is a harbour captain born in Skive."


def test_a_question_whose_answer_does_not_stand_in_the_text_is_left_out() -> None:
    assert not list(read_questions_both_ways([ASKED | {"right_answer": "yes"}], _rng()))


def test_all_examples_of_an_article_are_of_one_group() -> None:
    found = read_summaries_both_ways([ROW], set(), _doubts_deaths, _rng())
    assert {example.group for example in found} == {ARTICLE[:200]}


def test_another_file_in_the_place_of_halueval_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "dataset_halueval_summarization.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(BadInput, match="dataset_halueval_summarization"):
        load_halueval(tmp_path)
