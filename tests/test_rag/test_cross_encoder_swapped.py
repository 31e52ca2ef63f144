"""``CrossEncoder`` models by path: real ones, tiny and untrained, created by the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_rag.fakes_chain import passages_of

from index.embedding import packaged_model
from index.errors import ModelMissing
from rag.assemble import verifier
from rag.cross_encoder import CrossEncoderModel
from rag.errors import ModelUnfit
from rag.settings import load_settings
from rag.types import Sentence

CLAIM, EVIDENCE = "The council shut the school.", "The council closed the school on Monday."


def made(folder: Path, labels: dict[int, str]) -> str:
    """Creates a cross-encoder with reproducible random weights and these labels."""
    import torch  # noqa: PLC0415
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification  # noqa: PLC0415

    tokenizer = AutoTokenizer.from_pretrained(packaged_model())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,
        id2label=labels,
        label2id={label: place for place, label in labels.items()},
    )
    torch.manual_seed(3)
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return str(folder)


def raw(path: str, *pair: str) -> Any:
    """The library's own output for a pair."""
    from sentence_transformers import CrossEncoder  # noqa: PLC0415
    from torch.nn import Identity  # noqa: PLC0415

    scores = CrossEncoder(path, device="cpu").predict([pair], activation_fn=Identity(), show_progress_bar=False)
    return np.asarray(scores, dtype=float).reshape(-1)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("labels", "order"),
    [
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, (1, 0, 2)),
        ({0: "Supports", 1: "Not enough info", 2: "Refutes"}, (0, 2, 1)),
    ],
)
def test_probabilities_are_mapped_by_the_model_s_own_labels(
    tmp_path: Path, labels: dict[int, str], order: tuple[int, ...]
) -> None:
    path = made(tmp_path, labels)
    logits = raw(path, EVIDENCE, CLAIM)
    chances = np.exp(logits) / np.exp(logits).sum()
    (scores,) = CrossEncoderModel(path).supports([(CLAIM, EVIDENCE)])
    found = (scores.supported, scores.refuted, scores.not_enough_info)
    assert found == pytest.approx([chances[place] for place in order], abs=1e-5)
    assert sum(found) == pytest.approx(1)


@pytest.mark.slow
def test_a_single_output_serves_a_reranker_and_with_a_label_for_support_a_verifier(tmp_path: Path) -> None:
    path = made(tmp_path, {0: "consistent"})
    model = CrossEncoderModel(path)
    assert model.answers(CLAIM, [EVIDENCE, CLAIM]) == pytest.approx(
        [1 / (1 + np.exp(-raw(path, CLAIM, text)[0])) for text in (EVIDENCE, CLAIM)], abs=1e-5
    )
    (scores,) = model.supports([(CLAIM, EVIDENCE)])
    assert scores.supported == pytest.approx(1 / (1 + np.exp(-raw(path, EVIDENCE, CLAIM)[0])), abs=1e-5)
    assert scores.supported + scores.not_enough_info == pytest.approx(1)


@pytest.mark.slow
def test_a_model_unfit_for_a_task_is_rejected_with_the_setting_to_change(tmp_path: Path) -> None:
    three = CrossEncoderModel(made(tmp_path / "three", {0: "contradiction", 1: "entailment", 2: "neutral"}))
    with pytest.raises(ModelUnfit, match=r"3 outputs.*reranker\.model"):
        three.answers("Why?", ["Because."])
    ranks = CrossEncoderModel(made(tmp_path / "one", {0: "LABEL_0"}))
    with pytest.raises(ModelUnfit, match=r"LABEL_0.*verifier\.model"):
        ranks.supports([(CLAIM, EVIDENCE)])


@pytest.mark.slow
def test_the_verifier_uses_the_model_at_the_configured_path(tmp_path: Path) -> None:
    path = made(tmp_path / "model", {0: "contradiction", 1: "entailment", 2: "neutral"})
    (scores,) = CrossEncoderModel(path).supports([(CLAIM, EVIDENCE)])
    for threshold, shown in ((0.0, True), (1.0, scores.supported >= 1)):
        chosen = {"archive": tmp_path / "archive", "verifier": {"model": path, "threshold": threshold}}
        checked = verifier(load_settings(chosen)).verify(Sentence(CLAIM, (1,)), passages_of(EVIDENCE))
        assert (checked.verdict.support.value == "supported") is shown
        assert checked.verdict.score == pytest.approx(scores.supported, abs=1e-5)


@pytest.mark.slow
def test_a_name_that_is_not_a_model_gives_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="could not be loaded"):
        CrossEncoderModel(str(tmp_path)).answers("Why?", ["Because."])
