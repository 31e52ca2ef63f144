"""SQuAD questions become labelled question examples and labelled claims."""

# ruff: noqa: S311  (shuffling, not secrets)

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from index.errors import BadInput
from rag.evidence.examples import Label, Task
from rag.evidence.training.declarative import declare
from rag.evidence.training.squad import load_squad, read_squad

HARBOUR = (
    "The harbour of Lindmark was opened in 1911 by Queen Astrid. Its cranes came from Dresden and lift 40 tonnes. "
    "Fishing boats were moved to the northern quay in 1954."
)
BRIDGE = "The old bridge of Lindmark was opened to trams by Mayor Holm. It has carried only cyclists since 1987."


def _qa(question: str, answer: str, text: str) -> dict[str, Any]:
    return {"question": question, "answers": [{"text": answer, "answer_start": text.index(answer)}]}


DOCUMENTS: list[dict[str, Any]] = [
    {
        "title": "Lindmark",
        "paragraphs": [
            {
                "context": HARBOUR,
                "qas": [
                    _qa("Who opened the harbour of Lindmark?", "Queen Astrid", HARBOUR),
                    _qa("Where did the cranes come from?", "Dresden", HARBOUR),
                    _qa("When were fishing boats moved to the northern quay?", "1954", HARBOUR),
                    _qa("When was the harbour of Lindmark opened?", "1911", HARBOUR),
                ],
            },
            {"context": BRIDGE, "qas": [_qa("Who opened the bridge to trams?", "Mayor Holm", BRIDGE)]},
        ],
    }
]


@pytest.mark.parametrize(
    ("question", "answer", "claim"),
    [
        ("Who opened the harbour?", "Queen Astrid", "Queen Astrid opened the harbour."),
        ("How many boats were moved north?", "Forty", "Forty boats were moved north."),
        ("When was the harbour opened?", "1911", "The harbour was opened in 1911."),
        ("In what year was the harbour opened?", "in 1911", "The harbour was opened in 1911."),
        ("What did the queen open?", "the harbour", "The queen open the harbour."),
        ("In 1911, who opened the harbour?", "Queen Astrid", "In 1911, Queen Astrid opened the harbour."),
        ("Why was the harbour opened?", "to ship timber", None),
    ],
)
def test_a_question_and_its_answer_become_a_claim(question: str, answer: str, claim: str | None) -> None:
    assert declare(question, answer) == claim


def test_positives_contain_the_answer_and_negatives_do_not() -> None:
    answers = {
        item["question"]: item["answers"][0]["text"] for one in DOCUMENTS[0]["paragraphs"] for item in one["qas"]
    }
    kinds = set()
    for seed in range(12):
        for pair in read_squad(DOCUMENTS, random.Random(seed), questions=5, claims=0):
            kinds.add(pair.kind)
            assert pair.task is Task.ANSWERS
            assert pair.label == (pair.kind == "window")
            if pair.kind == "spoilt":
                assert pair.first not in answers
            else:
                assert (answers[pair.first] in pair.second) == (pair.kind == "window")
    assert kinds == {"window", "spoilt", "beside", "elsewhere"}


def test_a_claim_with_the_answer_to_another_question_is_not_supported() -> None:
    found = {
        (pair.first, pair.label)
        for seed in range(12)
        for pair in read_squad(DOCUMENTS, random.Random(seed), questions=0, claims=5)
        if pair.kind in {"true", "changed"}
    }
    assert ("The harbour of Lindmark was opened in 1911.", Label.SUPPORTED) in found
    assert ("The harbour of Lindmark was opened in 1954.", Label.NOT_SUPPORTED) in found
    assert not {claim for claim, label in found if label is Label.SUPPORTED} & {
        claim for claim, label in found if label is not Label.SUPPORTED
    }


def test_a_file_that_differs_from_the_published_one_is_rejected_by_name(tmp_path: Path) -> None:
    other = tmp_path / "train-v1.1.json"
    other.write_text('{"data": []}', encoding="utf-8")
    with pytest.raises(BadInput, match=r"train-v1\.1\.json is not SQuAD"):
        load_squad(other)
