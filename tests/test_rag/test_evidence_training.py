"""Training: the split keeps articles apart, an interrupted run resumes, and calibration recovers probabilities."""

# ruff: noqa: S311  (shuffling, not secrets)

from __future__ import annotations

import random
from dataclasses import dataclass
from pathlib import Path

import pytest
import torch

from evals.bench.evidence_sets import claim_sets
from rag.evidence.calibration import Calibration, fit_calibration
from rag.evidence.examples import Example, Label, Task, is_for_reporting, part
from rag.evidence.network import load_tokenizer, matches_of, tensors_of
from rag.evidence.train import Encoded, Run, checkpoint_path, encode, loss_of
from rag.evidence.training.claim_sets import read_attributed, read_fib
from rag.evidence.training.curriculum import Plan, batches, rate_at, split
from rag.evidence.training.question_sets import held_out_contexts, read_squad_kind

EXAMPLES = [
    Example(Task.SUPPORTS, "The dam held.", "The dam held all night.", Label.SUPPORTED, "hand", group="a"),
    Example(Task.SUPPORTS, "The dam held.", "The dam failed at noon.", Label.REFUTED, "hand", group="a"),
    Example(Task.SUPPORTS, "The dam held.", "Ann Cole is mayor.", Label.NOT_ENOUGH_INFO, "hand", group="b"),
    Example(Task.SUPPORTS, "Cole resigned.", "Cole may resign.", Label.NOT_SUPPORTED, "hand", group="c"),
    Example(Task.ANSWERS, "Who is mayor?", "Ann Cole is mayor.", 1, "hand", group="d"),
    Example(Task.ANSWERS, "Who is mayor?", "The dam held all night.", 0, "hand", group="d"),
] * 3


def test_an_article_is_on_the_same_side_of_the_split_on_every_machine() -> None:
    assert [part(name, 24) for name in ("a", "b", "c", "d")] == [part(name, 24) for name in ("a", "b", "c", "d")]
    assert part("Riverton", 1000) == 968  # sha256("dateline-1:Riverton"), first eight bytes
    assert is_for_reporting("one  two\nthree") == is_for_reporting("one two three")


def test_no_group_is_both_trained_on_and_held_out() -> None:
    examples = [Example(Task.ANSWERS, f"q{n}", "t", 1, "hand", group=f"g{n % 97}") for n in range(500)]
    training, held = split(examples)
    assert len(training) + len(held) == 500
    assert held
    assert not {e.group for e in training} & {e.group for e in held}


def test_the_match_type_says_whether_a_token_or_its_bigram_is_in_the_other_text() -> None:
    encoding = load_tokenizer().encode("The 17 ministers met in Paris.", "In Paris, 71 ministers met")
    found = dict(zip(encoding.tokens[:9], matches_of(encoding.ids, encoding.type_ids)[:9], strict=True))
    assert found == {"[CLS]": 0, "the": 0, "17": 0, "ministers": 2, "met": 2, "in": 2, "paris": 2, ".": 0, "[SEP]": 0}
    second = matches_of(encoding.ids, encoding.type_ids)[9:]
    assert dict(zip(encoding.tokens[9:], second, strict=True)) == {
        "in": 2, "paris": 2, ",": 0, "71": 0, "ministers": 2, "met": 2, "[SEP]": 0,
    }  # fmt: skip


def test_padding_matches_nothing() -> None:
    *_, matches = tensors_of([([101, 7, 102, 7, 102], [0, 0, 0, 1, 1]), ([101, 8, 102], [0, 0, 0])])
    assert matches.tolist() == [[0, 1, 0, 1, 0] + [0] * 11, [0] * 16]


def test_batches_contain_every_example_once_and_are_reproducible() -> None:
    lengths = [n % 50 + 3 for n in range(1000)]
    found = batches(lengths, Plan(batch_size=16), epoch=0)
    assert sorted(place for batch in found for place in batch) == list(range(1000))
    assert max(map(len, found)) == 16
    assert found == batches(lengths, Plan(batch_size=16), epoch=0)
    assert found != batches(lengths, Plan(batch_size=16), epoch=1)


def test_the_examples_of_a_batch_have_similar_lengths() -> None:
    lengths = list(range(10, 410))
    assert all(max(batch) - min(batch) < 16 for batch in batches(lengths, Plan(batch_size=16), epoch=0))


def test_the_learning_rate_warms_up_and_decays_to_zero() -> None:
    assert [rate_at(done, 0.1) for done in (0.0, 0.05, 0.1, 0.55, 1.0)] == pytest.approx([0, 0.5, 1, 0.5, 0])


def test_refuted_and_not_enough_info_both_satisfy_the_label_not_supported() -> None:
    logits = torch.tensor([[0.0, 0.0, 5.0, 5.0]])
    unsupported = loss_of(logits, [Encoded((), (), Task.SUPPORTS, Label.NOT_SUPPORTED)])
    refuted = loss_of(logits, [Encoded((), (), Task.SUPPORTS, Label.REFUTED)])
    assert unsupported.item() == pytest.approx(0.00336, abs=1e-4)
    assert refuted.item() == pytest.approx(0.6965, abs=1e-3)


def test_each_task_trains_only_its_own_logits() -> None:
    logits = torch.zeros(2, 4, requires_grad=True)
    loss_of(logits, [Encoded((), (), Task.ANSWERS, 1), Encoded((), (), Task.SUPPORTS, 0)]).backward()
    assert logits.grad is not None
    assert (logits.grad != 0).tolist() == [[True, False, False, False], [False, True, True, True]]


@dataclass(frozen=True, slots=True)
class Labelled:
    task: Task
    label: int


def test_calibration_recovers_the_slope_and_offset_behind_the_labels() -> None:
    torch.manual_seed(0)
    logits = torch.randn(20_000, 4) * 2
    true = Calibration((0.5, -1.0), (0.6, 0.0, 0.5, -0.5))
    answered = torch.rand(10_000) < true.answer_probabilities(logits[:10_000])
    judged = torch.multinomial(true.support_probabilities(logits[10_000:]), 1).squeeze(1)
    known = [Labelled(Task.ANSWERS, int(a)) for a in answered] + [Labelled(Task.SUPPORTS, int(s)) for s in judged]
    found = fit_calibration(logits, known)
    assert found.answers == pytest.approx((0.5, -1.0), abs=0.08)
    gap = found.support_probabilities(logits[10_000:]) - true.support_probabilities(logits[10_000:])
    assert gap.abs().max() < 0.05


@pytest.mark.slow
def test_an_interrupted_run_ends_with_the_same_weights_as_an_uninterrupted_one(tmp_path: Path) -> None:
    encoded = encode(EXAMPLES, 32)
    plan = Plan(epochs=2, minutes=1e6, batch_size=4, save_every=3)
    (tmp_path / "whole").mkdir()
    (tmp_path / "broken").mkdir()
    whole = Run(plan, tmp_path / "whole")
    whole.train(encoded)

    class Stopped(Exception):
        pass

    class Stopping(Run):
        def _learn(self, examples: object, rate: float) -> float:
            if self.step == 5:
                raise Stopped
            return super()._learn(examples, rate)  # type: ignore[arg-type]

    with pytest.raises(Stopped):
        Stopping(plan, tmp_path / "broken").train(encoded)
    again = Run(plan, tmp_path / "broken")
    again.resume()
    assert again.step == 3
    again.train(encoded)
    assert again.step == whole.step == 10
    for name, tensor in whole.network.trained().items():
        assert torch.equal(tensor, again.network.trained()[name]), name


@pytest.mark.slow
def test_training_reduces_the_loss_and_does_not_change_the_word_embeddings(tmp_path: Path) -> None:
    run = Run(Plan(epochs=12, minutes=1e6, batch_size=9, rate=2e-4), tmp_path)
    words = run.network.encoder.embeddings.word_embeddings.weight.clone()
    encoded = encode(EXAMPLES, 32)
    ids = [(e.ids, e.types) for e in encoded]

    def loss() -> float:
        with torch.inference_mode():
            return loss_of(run.network.eval()(*tensors_of(ids)), encoded).item()

    before = loss()
    run.train(encoded)
    assert loss() < 0.7 * before
    assert torch.equal(words, run.network.encoder.embeddings.word_embeddings.weight)
    assert checkpoint_path(tmp_path).exists()


@pytest.mark.slow
def test_no_evaluation_item_is_trained_on(shared_data: Path) -> None:
    rng = random.Random(1)
    trained = [*read_fib(shared_data, rng), *read_attributed(shared_data, rng)]
    claims = {(e.source, e.first) for e in trained}
    sets = claim_sets(shared_data)
    assert claims
    for name in ("fib", "wice", "attributionbench"):
        reported = {(name, item.pair.claim) for item in sets[name].items}
        both = reported & claims
        assert not both
    squad = held_out_contexts(shared_data)
    assert not any(example.second in squad for example in read_squad_kind(shared_data, rng) if len(example.second) > 80)
