"""What a further run learns from: of wrong pairs those the model believes, of true ones those it does not."""

# ruff: noqa: S311  (a fixed sequence, not secrets)

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from rag.evidence.calibration import Calibration
from rag.evidence.data import news_choices
from rag.evidence.examples import Example, Label, Task
from rag.evidence.mining import AT_ONCE, BELIEVED, Choice, hardest
from rag.evidence.network import untrained
from rag.evidence.squad import squad_choices
from rag.evidence.train import go_halfway, main
from rag.evidence.weights import save_weights


class Table:
    """Believes each text as a table says, and notes how many pairs it was asked about at a time."""

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


def test_of_wrong_pairs_those_believed_most_are_learned() -> None:
    assert chosen(Choice(pairs(0, "a", "b", "c"), most=2), a=0.2, b=0.9, c=0.5) == ["b", "c"]


def test_of_true_pairs_those_believed_least_are_learned() -> None:
    assert chosen(Choice(pairs(1, "a", "b", "c")), a=0.2, b=0.9, c=0.5) == ["a"]


@pytest.mark.parametrize("label", [Label.REFUTED, Label.NOT_ENOUGH_INFO, Label.NOT_SUPPORTED])
def test_a_claim_is_wrong_by_any_label_but_supported(label: Label) -> None:
    assert chosen(Choice(pairs(label, "a", "b", task=Task.SUPPORTS)), a=0.2, b=0.9) == ["b"]
    assert chosen(Choice(pairs(Label.SUPPORTED, "a", "b", task=Task.SUPPORTS)), a=0.2, b=0.9) == ["a"]


def test_a_wrong_pair_believed_for_good_is_left_out_since_it_may_be_right() -> None:
    assert chosen(Choice(pairs(0, "a", "b")), a=BELIEVED, b=0.1) == ["b"]
    assert chosen(Choice(pairs(1, "a", "b")), a=BELIEVED, b=0.99) == ["a"]


def test_where_there_is_nothing_to_choose_the_model_is_not_asked() -> None:
    table = Table()
    assert len(list(hardest([Choice(pairs(0, "a", "b"), most=2), Choice(pairs(1, "c"))], table))) == 3
    assert table.asked == [0]


def test_each_choice_gets_its_own_chances_however_many_there_are() -> None:
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


def test_of_a_true_sentence_come_its_rewording_its_errors_and_what_does_not_speak_of_it() -> None:
    found = list(news_choices([STORY], random.Random(3), claims=4))
    assert {option.group for choice in found for option in choice.options} == {"news 0"}
    for choice in found:
        labels = {option.label == Label.SUPPORTED for option in choice.options}
        assert len(labels) == 1  # true and wrong ones never compete
    wrong = [option for choice in found for option in choice.options if option.label != Label.SUPPORTED]
    assert wrong
    assert all(option.first != option.second for option in wrong)
    assert all(option.first not in STORY or option.second not in " ".join(STORY) for option in wrong)


def test_of_a_question_come_its_answer_its_spoilt_forms_and_near_texts_that_lack_the_answer() -> None:
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


def test_halfway_is_the_mean_of_the_weights_before_and_after(tmp_path: Path) -> None:
    torch.manual_seed(1)
    before, network = untrained(), untrained()
    assert not torch.equal(before.head.weight, network.head.weight)
    save_weights(before, Calibration(), tmp_path / "before.safetensors")
    after = network.head.weight.detach().clone()
    go_halfway(network, tmp_path / "before.safetensors")
    assert torch.allclose(network.head.weight, (before.head.weight + after) / 2, atol=1e-4)  # kept in half precision


def test_mining_without_weights_to_mine_with_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--data", "d", "--out", "o", "--mine"])
    assert "--mine needs --start" in capsys.readouterr().err
