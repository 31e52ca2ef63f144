"""The packaged evidence model: its file is verified, it loads, it scores pairs, and its scores are reproducible."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file
from torch import Tensor

from index.errors import ModelMissing
from rag.evidence.calibration import Calibration
from rag.evidence.inference import PairLogits
from rag.evidence.model import WEIGHTS, EvidenceModel, most_telling
from rag.evidence.weights import load_weights

CHANCES = st.tuples(*[st.floats(0.001, 1)] * 3).map(lambda row: [value / sum(row) for value in row])


@pytest.fixture(scope="module")
def model() -> EvidenceModel:
    return EvidenceModel.load()


@settings(max_examples=100)
@given(st.lists(CHANCES, min_size=1, max_size=8))
def test_support_is_the_maximum_over_windows_and_the_probabilities_sum_to_1(rows: list[list[float]]) -> None:
    found = most_telling(rows)
    assert found.supported == max(row[0] for row in rows)
    assert found.supported + found.refuted + found.not_enough_info == pytest.approx(1)


def test_a_single_window_is_returned_unchanged() -> None:
    found = most_telling([[0.2, 0.7, 0.1]])
    assert (found.supported, found.refuted, found.not_enough_info) == pytest.approx((0.2, 0.7, 0.1))


def test_the_most_informative_window_decides_between_refuted_and_not_enough_info() -> None:
    found = most_telling([[0.05, 0.05, 0.9], [0.05, 0.9, 0.05]])
    assert found.refuted > 0.85


def recording_model(seen: list[tuple[str, str]]) -> EvidenceModel:
    def logits(pairs: Sequence[tuple[str, str]]) -> Tensor:
        seen.extend(pairs)
        return torch.zeros(len(pairs), 4)

    return EvidenceModel(logits, Calibration())


def test_claim_and_evidence_reach_the_network_in_this_order_and_long_evidence_in_windows() -> None:
    seen: list[tuple[str, str]] = []
    long = " ".join(f"Sentence number {n} speaks of nothing much at all today." for n in range(40))
    scores = recording_model(seen).supports([("The claim.", "The evidence."), ("The claim.", long)])
    assert seen[0] == ("The claim.", "The evidence.")
    assert len(scores) == 2
    assert len(seen) > 3
    assert all(first == "The claim." and len(second) < len(long) for first, second in seen)


def test_empty_input_gives_empty_output_without_a_call() -> None:
    seen: list[tuple[str, str]] = []
    assert recording_model(seen).supports([]) == []
    assert recording_model(seen).answers("Who?", []) == []
    assert seen == []


def test_importing_the_model_does_not_import_torch() -> None:
    code = "import sys, rag.evidence.model; print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_missing_weights_are_reported_with_their_path_and_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match=r"nothing\.safetensors.*reinstall"):
        EvidenceModel.load(tmp_path / "nothing.safetensors")


@pytest.mark.parametrize("content", [b"", b"\x80\x04pickle", b"{}" * 100])
def test_a_file_that_is_not_safetensors_is_rejected(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "w.safetensors"
    path.write_bytes(content)
    with pytest.raises(ModelMissing, match="does not hold an evidence model"):
        EvidenceModel.load(path)


def test_weights_of_another_model_are_rejected(tmp_path: Path) -> None:
    save_file({"other": torch.zeros(2)}, tmp_path / "w.safetensors")
    with pytest.raises(ModelMissing, match="does not hold an evidence model"):
        EvidenceModel.load(tmp_path / "w.safetensors")


def test_altered_packaged_weights_are_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    altered = bytearray(WEIGHTS.read_bytes())
    altered[-1] ^= 1
    (tmp_path / "w.safetensors").write_bytes(altered)
    monkeypatch.setattr("rag.evidence.model.WEIGHTS", tmp_path / "w.safetensors")
    with pytest.raises(ModelMissing, match="not the packaged ones"):
        EvidenceModel.load()


def test_the_packaged_file_is_at_most_25_megabytes() -> None:
    assert WEIGHTS.stat().st_size <= 25_000_000


FLOOD = "The flood in March destroyed 340 homes along the river, Mayor Ann Cole said on Tuesday."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("true", "false"),
    [
        ("The flood destroyed 340 homes.", "The flood destroyed 520 homes."),
        ("The flood was in March.", "The flood was in October."),
        ("Homes along the river were destroyed.", "No homes were destroyed."),
        ("Ann Cole is the mayor.", "Ann Cole has resigned as mayor."),
    ],
)
def test_a_true_claim_gets_more_support_than_a_false_one(model: EvidenceModel, true: str, false: str) -> None:
    right, wrong = model.supports([(true, FLOOD), (false, FLOOD)])
    assert right.supported > wrong.supported


@pytest.mark.slow
def test_a_claim_the_evidence_does_not_mention_is_neither_supported_nor_refuted(model: EvidenceModel) -> None:
    [scores] = model.supports([("Shares of the water company fell by 12 percent on Friday.", FLOOD)])
    assert scores.not_enough_info > max(scores.supported, scores.refuted)


@pytest.mark.slow
def test_the_sentence_that_answers_scores_highest(model: EvidenceModel) -> None:
    texts = [
        "Residents have been told to boil their water.",
        FLOOD,
        "The flood of 1953 is still remembered in the town.",
        "The state promised 4.2 million dollars for repairs.",
    ]
    scores = model.answers("How many homes did the flood destroy?", texts)
    assert max(scores) == scores[1]


@pytest.mark.slow
def test_a_pair_scores_the_same_alone_and_in_a_batch(model: EvidenceModel) -> None:
    pairs = [("The flood destroyed 340 homes.", FLOOD), ("Ann Cole resigned.", FLOOD), ("It rained.", "It " * 70)]
    together = model.supports(pairs)
    for pair, scores in zip(pairs, together, strict=True):
        [alone] = model.supports([pair])
        assert alone.supported == pytest.approx(scores.supported, abs=0.02)
    assert together == model.supports(pairs)


@pytest.mark.slow
def test_half_precision_and_bfloat16_agree_with_float32() -> None:
    pairs = [("The flood destroyed 340 homes.", FLOOD), ("Who is mayor?", FLOOD), ("No homes were destroyed.", FLOOD)]
    network, calibration = load_weights(WEIGHTS)
    exact = calibration.support_probabilities(PairLogits(network, bfloat16=False)(pairs))
    fast = calibration.support_probabilities(PairLogits(network, bfloat16=True)(pairs))
    assert (exact - fast).abs().max() < 0.05
