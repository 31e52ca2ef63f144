"""Hard example mining keeps the negatives the model scores highest and the positives it scores lowest."""

# ruff: noqa: S311  (a seeded sequence, not secrets)

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from rag.evidence.calibration import Calibration
from rag.evidence.data import news_choices
from rag.evidence.examples import Example, Label, Task
from rag.evidence.network import new_network
from rag.evidence.train import average_weights, main
from rag.evidence.training.mining import AT_ONCE, MAX_NEGATIVE_SCORE, Choice, hardest
from rag.evidence.training.squad import squad_choices
from rag.evidence.weights import save_weights


class Table:
    """Returns the given probability for each text, and records the number of pairs per call."""

    def __init__(self, **chances: float) -> None:
        self.chances = chances
        self.asked: list[int] = []

    def __call__(self, examples: Sequence[Example]) -> list[float]:
        self.asked.append(len(examples))
        return [self.chances[example.second] for example in examples]


def pairs(label: int, *texts: str, task: Task = Task.ANSWERS) -> tuple[Example, ...]:
    return tuple(Example(task, "Who won?", text, label, "hand") for text in texts)


def chosen(choice: Choice, **chances: float) -> list[str]:
    return [example.second for example in hardest([choice], Table(**chances))]


def test_the_negatives_with_the_highest_scores_are_kept() -> None:
    assert chosen(Choice(pairs(0, "a", "b", "c"), most=2), a=0.2, b=0.9, c=0.5) == ["b", "c"]


def test_the_positives_with_the_lowest_scores_are_kept() -> None:
    assert chosen(Choice(pairs(1, "a", "b", "c")), a=0.2, b=0.9, c=0.5) == ["a"]


@pytest.mark.parametrize("label", [Label.REFUTED, Label.NOT_ENOUGH_INFO, Label.NOT_SUPPORTED])
def test_a_claim_is_a_negative_for_every_label_but_supported(label: Label) -> None:
    assert chosen(Choice(pairs(label, "a", "b", task=Task.SUPPORTS)), a=0.2, b=0.9) == ["b"]
    assert chosen(Choice(pairs(Label.SUPPORTED, "a", "b", task=Task.SUPPORTS)), a=0.2, b=0.9) == ["a"]


def test_a_negative_with_a_very_high_score_is_dropped_as_a_likely_unlabelled_positive() -> None:
    assert chosen(Choice(pairs(0, "a", "b")), a=MAX_NEGATIVE_SCORE, b=0.1) == ["b"]
    assert chosen(Choice(pairs(1, "a", "b")), a=MAX_NEGATIVE_SCORE, b=0.99) == ["a"]


def test_the_model_is_not_called_when_there_is_nothing_to_choose() -> None:
    table = Table()
    assert len(list(hardest([Choice(pairs(0, "a", "b"), most=2), Choice(pairs(1, "c"))], table))) == 3
    assert table.asked == [0]


def test_each_choice_gets_its_own_scores_across_batches() -> None:
    names = [f"t{n}" for n in range(2 * AT_ONCE + 2)]
    table = Table(**{name: n % 2 / 2 for n, name in enumerate(names)})
    choices = [Choice(pairs(0, *names[n : n + 2])) for n in range(0, len(names), 2)]
    assert [example.second for example in hardest(choices, table)] == names[1::2]


STORY = [
    "Mayor Ann Cole opened the Alder bridge on Monday with 300 guests.",
    "The bridge cost 12 million crowns and took three years to build.",
    "Engineer Paul Vance said the old bridge could have collapsed.",
    "Nobody was hurt when a crane fell there in March.",
]


def test_a_sentence_gives_candidates_with_rewordings_planted_errors_and_unrelated_evidence() -> None:
    found = list(news_choices([STORY], random.Random(3), claims=4))
    assert {option.group for choice in found for option in choice.options} == {"news 0"}
    for choice in found:
        labels = {option.label == Label.SUPPORTED for option in choice.options}
        assert len(labels) == 1  # positives and negatives never compete
    wrong = [option for choice in found for option in choice.options if option.label != Label.SUPPORTED]
    assert wrong
    assert all(option.first != option.second for option in wrong)
    assert all(option.first not in STORY or option.second not in " ".join(STORY) for option in wrong)


def test_a_question_gives_candidates_with_its_answer_altered_questions_and_similar_texts_without_the_answer() -> None:
    contexts = [" ".join(STORY), "The Alder is a river. A bridge over it opened in 1900. Trains cross it daily."]
    question = {
        "question": "Who opened the Alder bridge on Monday?",
        "answers": [{"text": "Ann Cole", "answer_start": 6}],
    }
    paragraphs = [{"context": context, "qas": [question] if context == contexts[0] else []} for context in contexts]
    found = list(squad_choices([{"title": "Alder", "paragraphs": paragraphs}], random.Random(1), questions=1))
    by_kind = {choice.options[0].kind: choice for choice in found}
    assert set(by_kind) == {"window", "spoilt", "near"}
    assert "Ann Cole" in by_kind["window"].options[0].second
    assert all(option.first != question["question"] for option in by_kind["spoilt"].options)
    assert all("Ann Cole" not in option.second for option in by_kind["near"].options)
    assert by_kind["near"].most == 2


def test_averaged_weights_are_halfway_between_both(tmp_path: Path) -> None:
    torch.manual_seed(1)
    before, network = new_network(), new_network()
    assert not torch.equal(before.head.weight, network.head.weight)
    save_weights(before, Calibration(), tmp_path / "before.safetensors")
    after = network.head.weight.detach().clone()
    average_weights(network, tmp_path / "before.safetensors")
    assert torch.allclose(network.head.weight, (before.head.weight + after) / 2, atol=1e-4)  # saved in half precision


def test_mining_without_earlier_weights_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", "d", "--out", "o", "--mine"])
    assert "--mine needs --start" in capsys.readouterr().err


def test_weights_to_average_with_that_are_missing_are_reported_before_the_training(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["--data", "d", "--out", str(tmp_path / "out"), "--average", str(tmp_path / "none.safetensors")])
    assert f"no weights at {tmp_path / 'none.safetensors'}" in capsys.readouterr().err
